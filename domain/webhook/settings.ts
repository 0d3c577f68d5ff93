import type { Conditions } from "../filter/condition";
import type { ClientCertificate } from "./client-certificate";
import type { Leading } from "./rotation";
import {
  type GivenHeader,
  keepHeaders,
  replaceHeaders,
  type StaticHeader,
  sameHeaders,
} from "./static-headers";

/** What people write of a webhook, and when. Secrets are sealed; times are epoch milliseconds. */
export type WebhookSettings = Leading & {
  url: string;
  secret: string | null;
  /** Signs too until then, during a rotation. */
  previousSecret: string | null;
  previousSecretUntil: number | null;
  /** When the secret last became another one; null when it never did, or there is none. */
  rotatedAt: number | null;
  /** What it shows to endpoints that ask for a certificate, and its private key, sealed; both null when it has none. */
  clientCertificate: ClientCertificate | null;
  clientKey: string | null;
  events: string[];
  /** What the content of events must be like, by type; null when nothing is asked of it. */
  conditions: Conditions | null;
  description: string | null;
  headers: StaticHeader[];
  /** How long an attempt may take; null for as long as the service lets any. */
  timeoutMs: number | null;
  updatedAt: number;
};

/** What an edit changes; what is left out stays. */
export type WebhookChange = {
  url?: string;
  secret?: string | null;
  /** With its sealed key. */
  clientCertificate?: { certificate: ClientCertificate; key: string } | null;
  isActive?: boolean;
  events?: string[];
  conditions?: Conditions | null;
  description?: string | null;
  /** Replaces the list. */
  headers?: GivenHeader[];
  timeoutMs?: number | null;
  ratePerSecond?: number | null;
};

/** A secret header would be without a value: none is given, and there is none to keep. */
export const noHeaderValue = "no_header_value";

export const lacksHeaderValue = (before: WebhookSettings, change: WebhookChange): boolean =>
  changeHeaders(before, change) === null;

/** A secret replaces the one before it at once, and what a rotation left. Throws for a change that `lacksHeaderValue`. */
export function changeSettings(before: WebhookSettings, change: WebhookChange, now: number): WebhookSettings {
  const { url, secret, clientCertificate, events, conditions, description, timeoutMs } = change;
  const headers = changeHeaders(before, change);
  if (headers === null) throw new Error("A header has no value.");
  return {
    ...before,
    url: url ?? before.url,
    events: events ?? before.events,
    conditions: conditions === undefined ? before.conditions : conditions,
    description: description === undefined ? before.description : description,
    headers,
    timeoutMs: timeoutMs === undefined ? before.timeoutMs : timeoutMs,
    ...(secret !== undefined && replaceSecret(secret, now)),
    ...(clientCertificate !== undefined && {
      clientCertificate: clientCertificate?.certificate ?? null,
      clientKey: clientCertificate?.key ?? null,
    }),
    updatedAt: now,
  };
}

function changeHeaders(before: WebhookSettings, { headers, url }: WebhookChange): StaticHeader[] | null {
  const isSameOrigin = url === undefined || new URL(url).origin === new URL(before.url).origin;
  if (headers === undefined && isSameOrigin) return before.headers;
  const given = headers ?? keepHeaders(before.headers);
  const after = replaceHeaders(before.headers, given, isSameOrigin);
  return after && sameHeaders(before.headers, after) ? before.headers : after;
}

const replaceSecret = (secret: string | null, now: number) => ({
  secret,
  previousSecret: null,
  previousSecretUntil: null,
  rotatedAt: secret === null ? null : now,
  ...newOnly,
});

const newOnly = { signsWith: "current", switchedAt: null } as const;

/**
 * The secret that the receiver was last seen to accept, if there is one, signs beside the new one for a while, and
 * leads until the receiver shows that it has switched.
 */
export function overlapSecrets(
  before: WebhookSettings,
  secret: string,
  overlapMs: number,
  now: number,
): WebhookSettings {
  const accepted = acceptedSecret(before, now);
  if (accepted === null || overlapMs === 0)
    return { ...before, ...replaceSecret(secret, now), updatedAt: now };
  return {
    ...before,
    secret,
    previousSecret: accepted,
    previousSecretUntil: now + overlapMs,
    rotatedAt: now,
    signsWith: "previous",
    switchedAt: null,
    updatedAt: now,
  };
}

/** Of two, the one before the rotation until the receiver has switched. */
function acceptedSecret(settings: WebhookSettings, now: number): string | null {
  const { secret, previousSecret, previousSecretUntil, signsWith } = settings;
  return signsWith === "previous" && (previousSecretUntil ?? 0) > now ? previousSecret : secret;
}

/**
 * Requests go elsewhere, are signed otherwise, come from somebody else, say something else, or may take another time:
 * what came of those before tells nothing of them.
 */
export function isNewTarget(before: WebhookSettings, after: WebhookSettings, change: WebhookChange): boolean {
  return (
    change.secret !== undefined ||
    change.clientCertificate !== undefined ||
    after.url !== before.url ||
    after.headers !== before.headers ||
    after.timeoutMs !== before.timeoutMs
  );
}

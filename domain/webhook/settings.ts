import type { ClientCertificate } from "./client-certificate";
import type { Leading } from "./rotation";

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
  description: string | null;
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
  description?: string | null;
};

/** A secret replaces the one before it at once, and what a rotation left. */
export function changeSettings(before: WebhookSettings, change: WebhookChange, now: number): WebhookSettings {
  const { url, secret, clientCertificate, events, description } = change;
  return {
    ...before,
    url: url ?? before.url,
    events: events ?? before.events,
    description: description === undefined ? before.description : description,
    ...(secret !== undefined && replaceSecret(secret, now)),
    ...(clientCertificate !== undefined && {
      clientCertificate: clientCertificate?.certificate ?? null,
      clientKey: clientCertificate?.key ?? null,
    }),
    updatedAt: now,
  };
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

/** Requests would go elsewhere, be signed otherwise, or come from somebody else. */
export function isNewTarget(before: WebhookSettings, change: WebhookChange): boolean {
  const { url, secret, clientCertificate } = change;
  const isElsewhere = url !== undefined && url !== before.url;
  return isElsewhere || secret !== undefined || clientCertificate !== undefined;
}

/** What people write of a webhook, and when. Secrets are sealed; times are epoch milliseconds. */
export type WebhookSettings = {
  url: string;
  secret: string | null;
  /** Signs too until then, during a rotation. */
  previousSecret: string | null;
  previousSecretUntil: number | null;
  events: string[];
  description: string | null;
  updatedAt: number;
};

/** What an edit changes; what is left out stays. */
export type WebhookChange = {
  url?: string;
  secret?: string | null;
  isActive?: boolean;
  events?: string[];
  description?: string | null;
};

/** A secret replaces the one before it at once, and what a rotation left. */
export function changeSettings(before: WebhookSettings, change: WebhookChange, now: number): WebhookSettings {
  const { url, secret, events, description } = change;
  return {
    ...before,
    url: url ?? before.url,
    events: events ?? before.events,
    description: description === undefined ? before.description : description,
    ...(secret !== undefined && { secret, previousSecret: null, previousSecretUntil: null }),
    updatedAt: now,
  };
}

/** The old secret, if there is one, signs beside the new one for a while. */
export function overlapSecrets(
  before: WebhookSettings,
  secret: string,
  overlapMs: number,
  now: number,
): WebhookSettings {
  const overlaps = before.secret !== null && overlapMs > 0;
  return {
    ...before,
    secret,
    previousSecret: overlaps ? before.secret : null,
    previousSecretUntil: overlaps ? now + overlapMs : null,
    updatedAt: now,
  };
}

/** Requests would go elsewhere, or be signed otherwise. */
export function isNewTarget(before: WebhookSettings, { url, secret }: WebhookChange): boolean {
  return secret !== undefined || (url !== undefined && url !== before.url);
}

import { beginAnew, pauseQueue, resumeQueue } from "./queue";
import type { QueueState } from "./queue-state";
import { beginVersion, switchOff, switchOn } from "./standing";
import type { WebhookSettings, WebhookStanding } from "./webhook-state";

type Edited = WebhookSettings & WebhookStanding;

/** What an edit changes; what is left out stays. */
export type WebhookChange = {
  url?: string;
  secret?: string | null;
  isActive?: boolean;
  events?: string[];
  description?: string | null;
};

/** What is loaded to be decided on, and written afterwards. */
export type WebhookWithQueue<W> = { webhook: W; queue: QueueState };

/**
 * A webhook after an edit. A new URL or secret, and an activation, begin a new version of it: the breaker closes,
 * nothing counts down, and what was held drains.
 */
export function editWebhook<W extends Edited>(
  { webhook, queue }: WebhookWithQueue<W>,
  change: WebhookChange,
  now: number,
): WebhookWithQueue<W> {
  const activates = change.isActive === true && !webhook.isActive;
  const deactivates = change.isActive === false && webhook.isActive;
  const after = withSwitch(withSettings(webhook, change, now), change.isActive, now);
  if (activates) return { webhook: beginVersion(after), queue: resumeQueue(queue) };
  const kept = deactivates ? pauseQueue(queue) : queue;
  if (!isNewTarget(webhook, change)) return { webhook: after, queue: kept };
  return { webhook: beginVersion(after), queue: beginAnew(kept) };
}

/** A new secret, beside which the old one signs for a while; that is a new version too. */
export function rotateSecret<W extends Edited>(
  { webhook, queue }: WebhookWithQueue<W>,
  secret: string,
  overlapMs: number,
  now: number,
): WebhookWithQueue<W> {
  const overlaps = webhook.secret !== null && overlapMs > 0;
  const rotated = {
    ...webhook,
    secret,
    previousSecret: overlaps ? webhook.secret : null,
    previousSecretUntil: overlaps ? now + overlapMs : null,
    updatedAt: now,
  };
  return { webhook: beginVersion(rotated), queue: beginAnew(queue) };
}

/** What is left of a webhook that is deleted: its history, and deliveries that have yet to be cancelled. */
export const deletedWebhook = (now: number) => ({
  deletedAt: now,
  isCancelling: true,
  isActive: false,
  secret: null,
  previousSecret: null,
});

const isNewTarget = (webhook: Edited, { url, secret }: WebhookChange): boolean =>
  secret !== undefined || (url !== undefined && url !== webhook.url);

/** A secret replaces the one before it at once, and what a rotation left. */
function withSettings<W extends Edited>(webhook: W, change: WebhookChange, now: number): W {
  const { url, secret, events, description } = change;
  return {
    ...webhook,
    url: url ?? webhook.url,
    events: events ?? webhook.events,
    description: description === undefined ? webhook.description : description,
    ...(secret !== undefined && { secret, previousSecret: null, previousSecretUntil: null }),
    updatedAt: now,
  };
}

/** One that is off already keeps why, and since when. */
function withSwitch<W extends Edited>(webhook: W, isActive: boolean | undefined, now: number): W {
  if (isActive === true) return switchOn(webhook);
  return isActive === false && webhook.isActive ? switchOff(webhook, null, now) : webhook;
}

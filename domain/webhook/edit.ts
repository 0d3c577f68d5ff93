import { changeRate } from "../queue/rate";
import { beginAnew, pauseQueue, resumeQueue } from "./queue";
import type { QueueState } from "./queue-state";
import {
  changeSettings,
  isNewTarget,
  overlapSecrets,
  type WebhookChange,
  type WebhookSettings,
} from "./settings";
import { beginVersion, type Standing, switchOff, switchOn } from "./standing";

/** What an edit changes of a webhook: loaded to be decided on, and written afterwards. */
export type Editable = { settings: WebhookSettings; standing: Standing; queue: QueueState };

/**
 * A webhook after an edit. A new URL, secret, client certificate, timeout or other headers, and an activation, begin a
 * new version of it: the breaker closes, nothing counts down, and what was held drains. Throws for a change that
 * `lacksHeaderValue`.
 */
export function editWebhook(before: Editable, change: WebhookChange, now: number): Editable {
  const settings = changeSettings(before.settings, change, now);
  const switched = turnSwitch(before, change.isActive, now);
  const { standing } = switched;
  const queue = changeRate(switched.queue, change.ratePerSecond);
  const activates = standing.isActive && !before.standing.isActive;
  if (activates) return { settings, standing: beginVersion(standing), queue: resumeQueue(queue) };
  if (!isNewTarget(before.settings, settings, change)) return { settings, standing, queue };
  return { settings, standing: beginVersion(standing), queue: beginAnew(queue) };
}

/** A new secret, beside which the old one signs for a while; that is a new version too. */
export function rotateSecret(before: Editable, secret: string, overlapMs: number, now: number): Editable {
  return {
    settings: overlapSecrets(before.settings, secret, overlapMs, now),
    standing: beginVersion(before.standing),
    queue: beginAnew(before.queue),
  };
}

/**
 * The platform's own webhook after a start that brings its URL and secret. The secret is sealed anew each time, so only
 * another URL, or having been off, begins a new version.
 */
export function setPlatformTarget(
  before: Editable,
  { url, secret }: { url: string; secret: string | null },
  now: number,
): Editable {
  const edited = editWebhook(before, { url, isActive: true }, now);
  return { ...edited, settings: { ...edited.settings, secret } };
}

/** What is left of a webhook that is deleted: its history, and deliveries that have yet to be cancelled. */
export const deletedWebhook = (now: number) => ({
  deletedAt: now,
  isCancelling: true,
  isActive: false,
  pausedAt: null,
  pausedUntil: null,
  listenerName: null,
  listenerHeardAt: null,
  secret: null,
  previousSecret: null,
  headers: [],
  clientCertificate: null,
  clientKey: null,
});

/** One that is off already keeps why, and since when. What an activation lets go is the caller's to say. */
function turnSwitch({ standing, queue }: Editable, isActive: boolean | undefined, now: number) {
  if (isActive === true) return { standing: switchOn(standing), queue };
  if (isActive === undefined || !standing.isActive) return { standing, queue };
  return { standing: switchOff(standing, null, now), queue: pauseQueue(queue) };
}

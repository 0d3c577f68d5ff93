import { type AttemptReason, type Next, outcomeError } from "../delivery/decide";
import type { Outcome } from "../delivery/outcome";
import type { CountedAttempt } from "./breaker";
import { countFailure, disabledReason, isOver } from "./countdown";
import type { WebhookWithQueue } from "./edit";
import { type Health, healthAfter } from "./health";
import { pauseQueue, queueAfter } from "./queue";
import { recover, switchOff } from "./standing";
import type { SystemEvent } from "./system-event";
import type { WebhookStanding } from "./webhook-state";

/** An attempt that ended and is on record. */
export type EndedAttempt = {
  claim: { delivery: number; reason: AttemptReason; isTest: boolean; webhook: { version: number } };
  outcome: Outcome;
  next: Next;
  /** Whether its delivery goes on. */
  isPending: boolean;
};

type Judged = Health & WebhookStanding;

/**
 * What attempts do to their webhook: health, countdown, switching off and breaker, and what the platform is told.
 * They come in the order in which they ended. The platform's own webhook (`isSystem`) is never switched off: nobody
 * would hear of it, nor could switch it on again, so its events go on being retried.
 */
export function afterAttempts<W extends Judged>(
  { webhook: before, queue, isSystem }: WebhookWithQueue<W> & { isSystem: boolean },
  attempts: EndedAttempt[],
  now: number,
): WebhookWithQueue<W> & { tell: SystemEvent[] } {
  const tell: SystemEvent[] = [];
  const counted: CountedAttempt[] = [];
  let webhook = before;
  for (const attempt of attempts) {
    const { claim, outcome } = attempt;
    const error = outcomeError(outcome);
    if (error && hasFailed(attempt)) tell.push({ type: "delivery.failed", delivery: claim.delivery });
    if (error?.code === "internal") continue; // a fault of ours says nothing about the webhook
    webhook = healthAfter(webhook, outcome);
    if (claim.webhook.version !== before.version) continue; // it judged another URL or secret
    counted.push(countedOf(claim, error === null));
    if (error === null) webhook = succeed(webhook, tell);
    else if (!claim.isTest) webhook = fail(webhook, attempt, isSystem, now, tell);
  }
  const after = queueAfter(queue, counted, now);
  return { webhook, queue: webhook.isActive ? after : pauseQueue(after), tell };
}

/** A test that ends is no news: somebody waits for it. */
const hasFailed = ({ claim, isPending }: EndedAttempt) => !isPending && !claim.isTest;

const countedOf = ({ delivery, isTest, reason }: EndedAttempt["claim"], ok: boolean): CountedAttempt => ({
  ok,
  delivery,
  isTest,
  isProbe: reason === "probe",
});

function succeed<W extends Judged>(webhook: W, tell: SystemEvent[]): W {
  if (webhook.isReportedFailing) tell.push({ type: "webhook.recovered" });
  return recover(webhook);
}

function fail<W extends Judged>(
  webhook: W,
  { outcome, next }: EndedAttempt,
  isSystem: boolean,
  now: number,
  tell: SystemEvent[],
): W {
  if (!webhook.isReportedFailing) tell.push({ type: "webhook.failing", error: webhook.lastError });
  const countdown = countFailure(webhook.countdown, outcome.startedAt, now);
  const failing = { ...webhook, countdown, isReportedFailing: true };
  const gone = next.status === "failed" ? next.disableWebhook : null;
  const reason = gone ?? (isOver(countdown, now) ? disabledReason : null);
  if (reason === null || !webhook.isActive || isSystem) return failing;
  tell.push({ type: "webhook.disabled", reason });
  return switchOff(failing, reason, now);
}

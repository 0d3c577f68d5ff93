import { type AttemptReason, isTooSoon, isTriedAtOnce, type Next, outcomeError } from "../delivery/decide";
import {
  type AttemptError,
  type DeliveryError,
  isFaultOfOurs,
  isSuccess,
  type Outcome,
} from "../delivery/outcome";
import { refusesContent } from "../delivery/refusal";
import { tellOutcome } from "../diagnosis/outcome-evidence";
import { countdownNotice, incidentNotice, type Notice, noticesOf } from "../notice/notice";
import type { CountedAttempt } from "./breaker";
import { certificateOf } from "./certificate";
import { countFailure, disabledReason, isOver } from "./countdown";
import { endOf, type Health, healthAfter } from "./health";
import { type Incident, type IncidentChange, incidentAfter } from "./incident";
import { pauseQueue, queueAfter } from "./queue";
import type { QueueState } from "./queue-state";
import { type Leading, learn, type Signing } from "./rotation";
import { countDown, recover, type Standing, seeCertificate, switchOff } from "./standing";
import type { SystemEvent } from "./system-event";
import type { WebhookKind } from "./webhook-kind";

/** An attempt that ended and is on record. */
export type EndedAttempt = {
  claim: {
    delivery: number;
    reason: AttemptReason;
    isTest: boolean;
    isTrial: boolean;
    wasRefused: boolean;
    signing: Signing;
    webhook: { version: number; url: string };
    event: { id: string; type: string; payload: string };
  };
  outcome: Outcome;
  next: Next;
  /** Whether its delivery goes on. */
  isPending: boolean;
};

/** What attempts change of a webhook: loaded to be decided on, and written afterwards. */
export type Judged = {
  health: Health;
  standing: Standing;
  leading: Leading;
  queue: QueueState;
  /** The latest; null when it never had one. */
  incident: Incident | null;
};

/**
 * A webhook after attempts, which come in the order in which they ended, what that means for its incidents, and what the
 * platform (`tell`) and its customer (`notices`) are told. The platform's
 * own webhook (`isSystem`) is never switched off: nobody would hear of it, nor could switch it on again, so its events
 * go on being retried. What a listener's attempts come to is shown, and is no news to anybody else: who takes them sees it.
 * An agent's subscription ends with its term, and not by failing; it is the agent that is told how it fares, and only when
 * it asks.
 */
export function afterAttempts(
  before: Judged & { kind: WebhookKind },
  attempts: EndedAttempt[],
  now: number,
): Judged & { tell: SystemEvent[]; notices: Notice[]; incidentChange: IncidentChange | null } {
  const tell: SystemEvent[] = [];
  const near: Notice[] = [];
  const counted: CountedAttempt[] = [];
  const { kind } = before;
  const isAgents = kind === "agent";
  let { health, standing, leading } = before;
  let succeededAt: number | null = null;
  let failure: (() => ReturnType<typeof shownBy>) | null = null;
  for (const attempt of attempts) {
    const { claim, outcome, next } = attempt;
    const error = outcomeError(outcome);
    if (error && hasFailed(attempt) && kind !== "listener") {
      const diagnosis = diagnosisOf(attempt, error, kind);
      tell.push({ type: "delivery.failed", delivery: claim.delivery, diagnosis });
    }
    if (isFaultOfOurs(error?.code)) continue; // a fault of ours says nothing about the webhook
    if (claim.isTrial) continue; // it went to another URL
    health = healthAfter(health, outcome, error);
    if (kind === "listener") continue;
    if (isTooSoon(next)) continue; // it takes others, as fast as it can
    const isOld = claim.webhook.version !== before.standing.version;
    // It judged another URL or secret; but an agent's URL never changes, so that what it took it took.
    if (isOld && !(isAgents && error === null)) continue;
    standing = seeCertificate(standing, certificateOf(outcome.peer));
    if (isTriedAtOnce(next)) continue; // the next attempt tells whether it was the secret
    counted.push(countedOf(claim, outcome));
    if (error === null) succeed(attempt);
    else if (!claim.isTest) fail(attempt, error);
  }
  const queue = queueAfter(before.queue, counted, now);
  const { incident, change: incidentChange } = incidentAfter(
    before.incident,
    {
      standing,
      queue,
      isSwitchedOff: before.standing.isActive && !standing.isActive,
      succeededAt,
      waiting: before.queue.pending,
      failure,
    },
    now,
  );
  return {
    health,
    standing,
    leading,
    queue: standing.isActive ? queue : pauseQueue(queue),
    incident,
    tell: isAgents ? [] : tell,
    notices:
      isAgents || kind === "platform"
        ? []
        : [...incidentNotice(incident, incidentChange), ...near, ...noticesOf(tell)],
    incidentChange,
  };

  function succeed({ claim, outcome }: EndedAttempt): void {
    succeededAt = endOf(outcome);
    leading = learn(leading, claim.signing, now);
    if (standing.isReportedFailing) tell.push({ type: "webhook.recovered" });
    standing = recover(standing);
  }

  function fail(attempt: EndedAttempt, error: AttemptError): void {
    const { outcome, next } = attempt;
    failure = () => shownBy(attempt, error, kind);
    if (!standing.isReportedFailing)
      tell.push({
        type: "webhook.failing",
        error: publicError(health.lastError),
        diagnosis: diagnosisOf(attempt, error, kind),
      });
    const countdown = countFailure(standing.countdown, outcome.startedAt, now);
    near.push(...countdownNotice(standing.countdown, countdown, now));
    standing = countDown(standing, countdown);
    const gone = next.status === "failed" ? next.disableWebhook : null;
    const reason = gone ?? (isOver(countdown, now) ? disabledReason : null);
    if (reason === null || !standing.isActive || isAgents || kind === "platform") return;
    standing = switchOff(standing, reason, now);
    tell.push({ type: "webhook.disabled", reason });
  }
}

/** A test that ends is no news: somebody waits for it. */
const hasFailed = ({ claim, isPending }: EndedAttempt) => !isPending && !claim.isTest;

const diagnosisOf = ({ claim, outcome }: EndedAttempt, error: AttemptError, kind: WebhookKind) =>
  tellOutcome(outcome, error, {
    url: claim.webhook.url,
    eventType: claim.event.type,
    payload: claim.event.payload,
    isAgents: kind === "agent",
  });

const shownBy = (attempt: EndedAttempt, error: AttemptError, kind: WebhookKind) => ({
  cause: diagnosisOf(attempt, error, kind),
  eventId: attempt.claim.event.id,
  eventType: attempt.claim.event.type,
});

/** Without the detail, which is for our own diagnosis. */
const publicError = (error: AttemptError | null): DeliveryError | null =>
  error && { code: error.code, message: error.message };

function countedOf(
  { delivery, isTest, reason, wasRefused }: EndedAttempt["claim"],
  outcome: Outcome,
): CountedAttempt {
  const status = outcome.kind === "response" ? outcome.status : null;
  return {
    ok: status !== null && isSuccess(status),
    delivery,
    isTest,
    isProbe: reason === "probe",
    isRefused: status !== null && refusesContent(status),
    wasRefused,
  };
}

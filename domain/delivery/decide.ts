import { agentScheduleMs } from "../agent/schedule";
import { paceLimits } from "../limits";
import { isSecretRefusal, type SecretName, type Signing } from "../webhook/rotation";
import { type AttemptError, isSuccess, type Outcome } from "./outcome";
import { noJitter, retryDelayMs } from "./retry";
import { askedPauseMs } from "./slow-down";

export const deliveryStatuses = ["pending", "delivered", "failed", "cancelled"] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

export const attemptReasons = ["scheduled", "manual", "test", "probe"] as const;
export type AttemptReason = (typeof attemptReasons)[number];

/**
 * Where a delivery goes after an attempt. `countsAsTry` is false for what uses up nothing of the schedule: a probe, an
 * attempt that is made again at once with the secret `signsWith`, and one that `cameTooSoon` for a receiver that takes
 * others. `disableWebhook` carries the reason shown to people.
 */
export type Next =
  | { status: "delivered" }
  | { status: "pending"; delayMs: number; countsAsTry: boolean; signsWith?: SecretName; cameTooSoon?: true }
  | { status: "failed"; disableWebhook: string | null };

/** What the decision depends on, besides the outcome. */
export type Situation = {
  reason: AttemptReason;
  isTest: boolean;
  /** The number of this attempt, of all that the delivery ever had. */
  number: number;
  /** Scheduled attempts made before this one since the schedule was last fresh. */
  tries: number;
  signing: Pick<Signing, "fallback">;
};

/**
 * The state table of an attempt's end: pure, so that the table is its test. `random` is in [0, 1). `againInMs` says when
 * an attempt may be made again that only came too soon for a receiver that takes others; null for all others.
 */
export function decideNext(
  situation: Situation,
  outcome: Outcome,
  scheduleMs: readonly number[],
  random: number,
  againInMs: number | null = null,
): Next {
  const error = outcomeError(outcome);
  if (!error) return { status: "delivered" };
  if (situation.isTest) return { status: "failed", disableWebhook: null };
  if (error.code === "gone") return { status: "failed", disableWebhook: goneReason };
  const { fallback } = situation.signing;
  const isRefused = outcome.kind === "response" && isSecretRefusal(outcome.status);
  if (fallback !== null && isRefused) return tryAtOnce(fallback);
  const askedMs = askedPauseMs(outcome) ?? 0;
  if (situation.reason === "probe") return { status: "pending", delayMs: askedMs, countsAsTry: false };
  if (againInMs !== null && situation.number - situation.tries <= paceLimits.repeats)
    return { status: "pending", delayMs: againInMs, countsAsTry: false, cameTooSoon: true };
  const delayMs = retryDelayMs(scheduleMs, situation.tries + 1, random);
  if (delayMs === null) return { status: "failed", disableWebhook: null };
  return { status: "pending", delayMs: Math.max(delayMs, askedMs), countsAsTry: true };
}

const tryAtOnce = (signsWith: SecretName): Next => ({
  status: "pending",
  delayMs: 0,
  countsAsTry: false,
  signsWith,
});

/**
 * The same for an agent's: on a schedule of its own, which it does not choose, and without jitter. What it says of a
 * delivery ends that one alone: it may be over for the agent (410), or too large (413).
 */
export function decideForAgent(situation: Situation, outcome: Outcome, againInMs: number | null): Next {
  const isUnwanted = outcome.kind === "response" && [410, 413].includes(outcome.status);
  if (isUnwanted) return { status: "failed", disableWebhook: null };
  return decideNext(situation, outcome, agentScheduleMs, noJitter, againInMs);
}

/** The same for what a listener took: somebody looks on, who asks for it again once what failed is mended. */
export function decideForListener(outcome: Outcome): Next {
  return outcomeError(outcome) ? { status: "failed", disableWebhook: null } : { status: "delivered" };
}

/** Whether the attempt is made again at once with the other secret: until then it says nothing about the endpoint. */
export const isTriedAtOnce = (next: Next): boolean =>
  next.status === "pending" && next.signsWith !== undefined;

/** Whether it only came too soon, which says nothing about an endpoint that takes others. */
export const isTooSoon = (next: Next): boolean => next.status === "pending" && next.cameTooSoon === true;

const goneReason = "The endpoint answered 410 Gone: it says that it no longer exists.";

/** Null for a 2xx; else the failure that this outcome is, in words. */
export function outcomeError(outcome: Outcome): AttemptError | null {
  if (outcome.kind === "error") return outcome.error;
  const { status, response } = outcome;
  if (isSuccess(status)) return null;
  if (status === 410) return { code: "gone", message: "The endpoint answered 410 Gone." };
  if (status === 429)
    return { code: "rate_limited", message: "The endpoint answered 429 Too Many Requests." };
  if (status >= 300 && status < 400) {
    const location = response.headers.location;
    const to = typeof location === "string" ? ` to ${location.slice(0, 500)}` : "";
    return {
      code: "redirect",
      message: `The endpoint answered ${status}${to}. Redirects are never followed.`,
    };
  }
  return { code: "http_status", message: `The endpoint answered ${status}.` };
}

import { type Skipped, type Subscription, unfitFor } from "../event/fan-out";
import { listsType } from "../event/lists-type";
import type { Conditions } from "../filter/condition";
import { conditionFor } from "../filter/condition-for";
import type { DeliveryStatus } from "./decide";

/** What a recovery can send again: deliveries that have ended, and events that a webhook missed. */
export const recoverableKinds = ["failed", "missed", "delivered", "cancelled"] as const;
export type RecoverableKind = (typeof recoverableKinds)[number];

/** What fits a recovery, and what it leaves alone: what is pending goes out by itself, and a test never again. */
export const recoveryKinds = [...recoverableKinds, "pending", "test"] as const;
export type RecoveryKind = (typeof recoveryKinds)[number];

export const recoveryStates = ["running", "done", "cancelled"] as const;
export type RecoveryState = (typeof recoveryStates)[number];

/** What became of a delivery since a recovery made it due. */
export const recoveryOutcomes = ["delivered", "refused_again", "unanswered", "waiting", "given_up"] as const;
export type RecoveryOutcome = (typeof recoveryOutcomes)[number];

/** A webhook that a recovery sends to, and its filter when that was asked for; one of before there were conditions has none. */
export type RecoveryTarget = { key: number; events: string[]; conditions?: Conditions | null };

/** What a recovery covers: closed when it is asked for, by what had happened and changed until then. */
export type RecoveryRange = {
  include: RecoverableKind[];
  /** Null is any type. */
  types: string[] | null;
  /** Of the latest attempt's answer: its first digit, 0 where none came; null is any. */
  codeClass: number | null;
  /** The code itself; null is any. */
  statusCode: number | null;
  /** The newest event of that moment, by which the clock has no say. */
  lastEvent: number;
};

type Event = {
  key: number;
  type: string;
  isTest: boolean;
  /** Why webhooks got none of it. */
  skipped: readonly Skipped[];
  /** Only there where `hangsOnContent`, and not once retention has removed it meanwhile. */
  data?: unknown;
};

type Delivery = {
  status: DeliveryStatus;
  statusCode: number | null;
  attempts: number;
  /** Whether its latest change came after the range was closed. */
  hasChangedSince: boolean;
};

/** A webhook's filter, and the newest event when it was made. */
type Webhook = Subscription & { key: number; afterEvent: number };

/**
 * What an event is to a recovery, for a webhook that has this delivery of it, or none; null when it does not fit. What
 * it sends again are the kinds that its range includes.
 */
export function recoveryKind(
  event: Event,
  delivery: Delivery | null,
  webhook: Webhook,
  range: RecoveryRange,
): RecoveryKind | null {
  if (event.key > range.lastEvent || !(range.types?.includes(event.type) ?? true)) return null;
  if (!delivery) return !event.isTest && asksForNoCode(range) && isMissed(event, webhook) ? "missed" : null;
  if (!hasCode(delivery, range)) return null;
  const { status, hasChangedSince } = delivery;
  if (event.isTest) return range.include.some((kind) => kind === status) ? "test" : null;
  // What ends later is no target, or a recovery might never end.
  return status !== "pending" && hasChangedSince ? null : status;
}

const asksForNoCode = ({ codeClass, statusCode }: RecoveryRange) => codeClass === null && statusCode === null;

function hasCode({ statusCode, attempts }: Delivery, range: RecoveryRange): boolean {
  if (range.statusCode !== null && statusCode !== range.statusCode) return false;
  if (range.codeClass === null) return true;
  const codeClass = statusCode === null ? (attempts > 0 ? 0 : null) : Math.floor(statusCode / 100);
  return codeClass === range.codeClass;
}

/** It was for the webhook while that was inactive, or is older than it and fits its filter. */
function isMissed(event: Event, webhook: Webhook): boolean {
  const reason = reasonOf(event, webhook);
  if (reason !== undefined) return reason === "inactive";
  if (event.key > webhook.afterEvent || (hangsOnContent(event, webhook) && event.data === undefined))
    return false;
  return unfitFor(webhook, event.type, () => event.data) === null;
}

/** Whether what an event without a delivery is to a webhook hangs on its content. */
export const hangsOnContent = (event: Omit<Event, "data">, webhook: Webhook): boolean =>
  !event.isTest &&
  event.key <= webhook.afterEvent &&
  reasonOf(event, webhook) === undefined &&
  listsType(webhook.events, event.type) &&
  conditionFor(webhook.conditions, event.type) !== null;

const reasonOf = ({ skipped }: Pick<Event, "skipped">, { key }: Webhook) =>
  skipped.find(([each]) => each === key)?.[1];

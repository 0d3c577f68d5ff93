import { subscriptionHeader } from "../agent/protocol";
import { findEventType } from "../event/catalogue";
import { eventName } from "../event/event-name";
import type { AttemptReason } from "./decide";

/** What the headers of an attempt are made of, besides its signatures. */
export type Heading = AttemptHeading & Sent;
export type AttemptHeading = {
  webhookId: string;
  eventId: string;
  customerId: string;
  eventType: string;
  number: number;
  reason: AttemptReason;
};
/** What nothing else that is known of an attempt says: the version that sent it, and its `webhook-timestamp`, in seconds. */
export type Sent = { sentBy: string; signedAt: number };

const product = "Fanfare/";

/**
 * The headers of an attempt, signatures aside. Attempts are remembered by what these are made of: what it makes of
 * the same heading may never change. What is sent otherwise from now on is written out (see `sentOf`).
 */
export function sentHeaders(heading: Heading): Record<string, string> {
  const { webhookId, eventId, customerId, eventType, number, reason, sentBy, signedAt } = heading;
  return {
    "Content-Type": "application/json",
    "User-Agent": product + sentBy,
    "X-Webhook-Id": webhookId,
    "X-Event-Id": eventId,
    "X-Customer-Id": customerId,
    "X-Event-Name": eventName(eventType),
    "X-Target-Type": findEventType(eventType)?.targetType ?? systemTargetType(eventType),
    "X-Attempt": String(number),
    "X-Attempt-Reason": reason,
    "webhook-id": eventId,
    "webhook-timestamp": String(signedAt),
  };
}

/**
 * The headers of an attempt for an agent, signatures aside: what MCP Events asks for, and no other of ours, since what
 * delivers is none of an agent's business. They are written out with the attempt.
 */
export function agentHeaders(
  heading: { subscriptionId: string; eventId: string } & Sent,
): Record<string, string> {
  const { subscriptionId, eventId, sentBy, signedAt } = heading;
  return {
    "Content-Type": "application/json",
    "User-Agent": product + sentBy,
    [subscriptionHeader]: subscriptionId,
    "webhook-id": eventId,
    "webhook-timestamp": String(signedAt),
  };
}

/** What `sentHeaders` makes the first of these headers of, in this order, and what comes after them; null when it makes others. */
export function sentOf(
  headers: Record<string, string>,
  attempt: AttemptHeading,
): (Sent & { others: Record<string, string> | null }) | null {
  const sent = {
    sentBy: headers["User-Agent"]?.slice(product.length) ?? "",
    signedAt: Number(headers["webhook-timestamp"]),
  };
  const made = sentHeaders(Object.assign({}, attempt, sent));
  const [names, madeNames] = [Object.keys(headers), Object.keys(made)];
  const isMade =
    Number.isSafeInteger(sent.signedAt) &&
    names.length >= madeNames.length &&
    madeNames.every((name, index) => name === names[index] && headers[name] === made[name]);
  if (!isMade) return null;
  const others = names.length > madeNames.length ? Object.entries(headers).slice(madeNames.length) : null;
  return { sentBy: sent.sentBy, signedAt: sent.signedAt, others: others && Object.fromEntries(others) };
}

/** System events are named after what they are about: `webhook.failing`, `delivery.failed`. */
const systemTargetType = (type: string) => type.split(".")[0]?.toUpperCase() ?? type;

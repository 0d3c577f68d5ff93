import type { Claim, SentRequest } from "@/db/store";
import { eventName, findEventType } from "@/domain/event/catalogue";
import { secretOwner } from "@/domain/webhook/seal";
import { signatureHeaders } from "@/domain/webhook/signature";
import type { Reveal } from "./secrets";

export type OutgoingRequest = { url: string; headers: Record<string, string>; body: string };

/**
 * What goes over the wire for a claim, and what of it may be remembered: everything but the signatures.
 * `sentAt` is epoch milliseconds.
 */
export function buildRequest(
  claim: Claim,
  reveal: Reveal,
  version: string,
  sentAt: number,
): { outgoing: OutgoingRequest; stored: SentRequest } {
  const { event, webhook } = claim;
  const owner = secretOwner({ customerId: webhook.customerId, webhookId: webhook.id });
  const timestampSeconds = Math.floor(sentAt / 1000);
  const secretIn = (sealed: string | null) => (sealed === null ? null : reveal(sealed, owner));
  const headers = {
    "Content-Type": "application/json",
    "User-Agent": `Fanfare/${version}`,
    "X-Webhook-Id": webhook.id,
    "X-Event-Id": event.id,
    "X-Customer-Id": webhook.customerId,
    "X-Event-Name": eventName(event.type).replace(".", "_"),
    "X-Target-Type": findEventType(event.type)?.targetType ?? systemTargetType(event.type),
    "X-Attempt": String(claim.number),
    "X-Attempt-Reason": claim.reason,
    "webhook-id": event.id,
    "webhook-timestamp": String(timestampSeconds),
  };
  const signatures = signatureHeaders({
    body: event.payload,
    eventId: event.id,
    timestampSeconds,
    secret: secretIn(webhook.secret),
    previousSecret: secretIn(webhook.previousSecret),
    leads: claim.signing.leads,
  });
  return {
    // Not spread: for objects of this size that takes six times as long.
    outgoing: { url: webhook.url, headers: Object.assign({}, headers, signatures), body: event.payload },
    stored: { url: webhook.url, headers },
  };
}

/** System events are named after what they are about: `webhook.failing`, `delivery.failed`. */
const systemTargetType = (type: string) => type.split(".")[0]?.toUpperCase() ?? type;

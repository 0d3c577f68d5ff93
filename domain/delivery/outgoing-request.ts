import type { SecretName } from "../webhook/rotation";
import { secretOwner } from "../webhook/seal";
import { signatureHeaders } from "../webhook/signature";
import type { AttemptReason } from "./decide";
import { sentHeaders } from "./sent-headers";

/** What goes over the wire. */
export type OutgoingRequest = { url: string; headers: Record<string, string>; body: string };

/** An attempt that is about to be made, with its webhook's secrets sealed. */
type Attempt = {
  number: number;
  reason: AttemptReason;
  signing: { leads: SecretName };
  event: { id: string; type: string; payload: string };
  webhook: {
    id: string;
    customerId: string;
    url: string;
    secret: string | null;
    previousSecret: string | null;
  };
};

/** Opens a sealed secret for its owner, as `open` does. */
export type Reveal = (sealed: string, owner: string) => string;

/**
 * What goes over the wire for an attempt, and what of it may be remembered: everything but the signatures.
 * `sentAt` is epoch milliseconds.
 */
export function buildRequest(
  { number, reason, signing, event, webhook }: Attempt,
  reveal: Reveal,
  version: string,
  sentAt: number,
): { outgoing: OutgoingRequest; stored: Pick<OutgoingRequest, "url" | "headers"> } {
  const owner = secretOwner({ customerId: webhook.customerId, webhookId: webhook.id });
  const timestampSeconds = Math.floor(sentAt / 1000);
  const secretIn = (sealed: string | null) => (sealed === null ? null : reveal(sealed, owner));
  const headers = sentHeaders({
    webhookId: webhook.id,
    eventId: event.id,
    customerId: webhook.customerId,
    eventType: event.type,
    number,
    reason,
    sentBy: version,
    signedAt: timestampSeconds,
  });
  const signatures = signatureHeaders({
    body: event.payload,
    eventId: event.id,
    timestampSeconds,
    secret: secretIn(webhook.secret),
    previousSecret: secretIn(webhook.previousSecret),
    leads: signing.leads,
  });
  return {
    // Not spread: for objects of this size that takes six times as long.
    outgoing: { url: webhook.url, headers: Object.assign({}, headers, signatures), body: event.payload },
    stored: { url: webhook.url, headers },
  };
}

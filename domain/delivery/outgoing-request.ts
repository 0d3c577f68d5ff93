import type { SecretName } from "../webhook/rotation";
import { secretOwner } from "../webhook/seal";
import { agentSignature, signatureHeaders } from "../webhook/signature";
import { hiddenValue, type StaticHeader } from "../webhook/static-headers";
import type { AttemptReason } from "./decide";
import { agentHeaders, sentHeaders } from "./sent-headers";

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
    subscriptionId: string | null;
    url: string;
    secret: string | null;
    previousSecret: string | null;
    headers: StaticHeader[];
  };
};

/** Opens a sealed secret for its owner, as `open` does. */
export type Reveal = (sealed: string, owner: string) => string;

/**
 * What goes over the wire for an attempt, and what of it may be remembered: everything but the signatures and the values
 * of secret headers. `sentAt` is epoch milliseconds.
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
  const signable = {
    body: event.payload,
    eventId: event.id,
    timestampSeconds,
    secret: secretIn(webhook.secret),
    previousSecret: secretIn(webhook.previousSecret),
    leads: signing.leads,
  };
  const { subscriptionId } = webhook;
  const headers =
    subscriptionId === null
      ? sentHeaders({
          webhookId: webhook.id,
          eventId: event.id,
          customerId: webhook.customerId,
          eventType: event.type,
          number,
          reason,
          sentBy: version,
          signedAt: timestampSeconds,
        })
      : agentHeaders({ subscriptionId, eventId: event.id, sentBy: version, signedAt: timestampSeconds });
  const signatures = subscriptionId === null ? signatureHeaders(signable) : agentSignature(signable);
  const own =
    webhook.headers.length > 0 ? ownHeaders(webhook.headers, (value) => reveal(value, owner)) : null;
  return {
    // Not spread: for objects of this size that takes six times as long.
    outgoing: {
      url: webhook.url,
      headers: Object.assign({}, headers, signatures, own?.sent),
      body: event.payload,
    },
    stored: { url: webhook.url, headers: own ? Object.assign({}, headers, own.stored) : headers },
  };
}

/** What the webhook itself says in every request. */
function ownHeaders(headers: StaticHeader[], open: (sealed: string) => string) {
  const named = (read: (header: (typeof headers)[number]) => string) =>
    Object.fromEntries(headers.map((header) => [header.name, read(header)]));
  return {
    sent: named(({ value, isSecret }) => (isSecret ? open(value) : value)),
    stored: named(({ value, isSecret }) => (isSecret ? hiddenValue : value)),
  };
}

import type { Claim, SentRequest } from "@/db/store";
import { sentHeaders } from "@/domain/delivery/sent-headers";
import { secretOwner } from "@/domain/webhook/seal";
import { signatureHeaders } from "@/domain/webhook/signature";
import type { Identity } from "./identities";
import { hiddenValue } from "@/domain/webhook/static-headers";
import type { Reveal } from "./secrets";

export type OutgoingRequest = {
  url: string;
  headers: Record<string, string>;
  body: string;
  identity: Identity | null;
};

/**
 * What goes over the wire for a claim, and what of it may be remembered: everything but the signatures and the values
 * of secret headers. `sentAt` is epoch milliseconds.
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
  const headers = sentHeaders({
    webhookId: webhook.id,
    eventId: event.id,
    customerId: webhook.customerId,
    eventType: event.type,
    number: claim.number,
    reason: claim.reason,
    sentBy: version,
    signedAt: timestampSeconds,
  });
  const signatures = signatureHeaders({
    body: event.payload,
    eventId: event.id,
    timestampSeconds,
    secret: secretIn(webhook.secret),
    previousSecret: secretIn(webhook.previousSecret),
    leads: claim.signing.leads,
  });
  const own =
    webhook.headers.length > 0 ? ownHeaders(webhook.headers, (value) => reveal(value, owner)) : null;
  return {
    // Not spread: for objects of this size that takes six times as long.
    outgoing: {
      url: webhook.url,
      headers: Object.assign({}, headers, signatures, own?.sent),
      body: event.payload,
      identity: identityOf(webhook, secretIn),
    },
    stored: { url: webhook.url, headers: own ? Object.assign({}, headers, own.stored) : headers },
  };
}

/** What the webhook itself says in every request. */
function ownHeaders(headers: Claim["webhook"]["headers"], open: (sealed: string) => string) {
  const named = (read: (header: (typeof headers)[number]) => string) =>
    Object.fromEntries(headers.map((header) => [header.name, read(header)]));
  return {
    sent: named(({ value, isSecret }) => (isSecret ? open(value) : value)),
    stored: named(({ value, isSecret }) => (isSecret ? hiddenValue : value)),
  };
}

function identityOf(
  { clientCertificate, clientKey }: Claim["webhook"],
  open: (sealed: string | null) => string | null,
): Identity | null {
  const privateKey = open(clientKey);
  return clientCertificate && privateKey ? { chain: clientCertificate.chain, privateKey } : null;
}

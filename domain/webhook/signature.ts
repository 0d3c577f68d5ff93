import { createHmac } from "node:crypto";
import type { SecretName } from "./rotation";

/** Secrets of this form carry base64 key bytes for the Standard Webhooks scheme. */
const standardPrefix = "whsec_";

export type Signable = {
  /** The exact bytes that are sent. */
  body: string;
  eventId: string;
  timestampSeconds: number;
  /** As the customer wrote it, or null when the webhook has none. */
  secret: string | null;
  /** The old secret while a rotation's overlap lasts, and which of both makes `X-Signature`. */
  previousSecret: string | null;
  leads: SecretName;
};

/**
 * The signature headers of a request: `X-Signature` (HMAC-SHA256 of the body, hex) and Standard Webhooks'
 * `webhook-signature` (HMAC-SHA256 of `id.timestamp.body`, base64). None without a secret. Of two secrets, the one that
 * does not lead makes `X-Signature-Next` or `X-Signature-Previous`, named after its place.
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signatureHeaders(signable: Signable): Record<string, string> {
  const { secret, previousSecret, leads, eventId, timestampSeconds: timestamp } = signable;
  if (secret === null) return {};
  const body = Buffer.from(signable.body); // encoded once for all signatures
  if (previousSecret === null) {
    return {
      "X-Signature": bodySignature(body, secret),
      "webhook-signature": standardSignature({ eventId, timestamp }, body, secret),
    };
  }
  const isOldFirst = leads === "previous";
  const [leading, other] = isOldFirst ? [previousSecret, secret] : [secret, previousSecret];
  return {
    "X-Signature": bodySignature(body, leading),
    [isOldFirst ? "X-Signature-Next" : "X-Signature-Previous"]: bodySignature(body, other),
    "webhook-signature": [leading, other]
      .map((each) => standardSignature({ eventId, timestamp }, body, each))
      .join(" "),
  };
}

/** What an agent is sent: Standard Webhooks' alone, of each secret that counts, the current one first. */
export function agentSignature(signable: Omit<Signable, "leads">): Record<string, string> {
  const { eventId, timestampSeconds: timestamp, secret, previousSecret } = signable;
  const body = Buffer.from(signable.body);
  const signatures = [secret, previousSecret].flatMap((each) =>
    each === null ? [] : [standardSignature({ eventId, timestamp }, body, each)],
  );
  return { "webhook-signature": signatures.join(" ") };
}

/** `sha256=` and the hex HMAC-SHA256 of the body, keyed with the secret's UTF-8 bytes. */
export function bodySignature(body: string | Uint8Array, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/** One Standard Webhooks signature: `v1,` and base64. The timestamp is unix seconds, or what came in for them. */
export function standardSignature(
  { eventId, timestamp }: { eventId: string; timestamp: number | string },
  body: string | Uint8Array,
  secret: string,
): string {
  const hmac = createHmac("sha256", standardKey(secret)).update(`${eventId}.${timestamp}.`);
  return `v1,${hmac.update(body).digest("base64")}`;
}

/** The key of the Standard Webhooks scheme: the base64 part of a `whsec_` secret, else its UTF-8 bytes. */
export function standardKey(secret: string): Buffer {
  return secret.startsWith(standardPrefix)
    ? Buffer.from(secret.slice(standardPrefix.length), "base64")
    : Buffer.from(secret);
}

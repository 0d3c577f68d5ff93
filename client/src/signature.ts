import { base64In, type SignedMessage } from "./signed-headers";
import { WebhookError } from "./webhook-error";

/** A secret as the two schemes use it. */
export type SigningKey = {
  /** `X-Signature`: the secret's own bytes. */
  body: CryptoKey;
  /** Standard Webhooks: the bytes that a `whsec_` secret holds; else the same. */
  message: CryptoKey;
};

const standardPrefix = "whsec_";
const algorithm = { name: "HMAC", hash: "SHA-256" };

/** The keys of some secrets. Throws WebhookError when there is none, or one cannot be a secret of Fanfare's. */
export async function keysOf(secrets: string | readonly string[]): Promise<SigningKey[]> {
  const given = (typeof secrets === "string" ? [secrets] : (secrets ?? [])).filter(Boolean);
  if (given.length === 0)
    throw new WebhookError("missing_secret", "There is no secret to verify with: is its setting empty?");
  return Promise.all(
    given.map(async (secret) => ({
      body: await importKey(utf8(secret)),
      message: await importKey(standardKey(secret)),
    })),
  );
}

function standardKey(secret: string): Uint8Array {
  if (!secret.startsWith(standardPrefix)) return utf8(secret);
  const bytes = base64In(secret.slice(standardPrefix.length));
  if (bytes) return bytes;
  throw new WebhookError(
    "malformed_secret",
    "A whsec_ secret holds base64, and this one does not: was it cut?",
  );
}

const utf8 = (text: string) => new TextEncoder().encode(text);

const importKey = (bytes: Uint8Array) =>
  crypto.subtle.importKey("raw", bytes as BufferSource, algorithm, false, ["verify"]);

/** Whether one of the signatures is Standard Webhooks' of the message, by one of the keys. */
export function fitsMessage(
  keys: SigningKey[],
  { id, timestamp, signatures }: SignedMessage,
  body: Uint8Array,
): Promise<boolean> {
  const head = utf8(`${id}.${timestamp}.`);
  const content = new Uint8Array(head.length + body.length);
  content.set(head);
  content.set(body, head.length);
  return fits(
    keys.map(({ message }) => message),
    signatures,
    content,
  );
}

/** Whether one of the signatures is `X-Signature` of the body, by one of the keys. */
export const fitsBody = (keys: SigningKey[], signatures: Uint8Array[], body: Uint8Array): Promise<boolean> =>
  fits(
    keys.map((key) => key.body),
    signatures,
    body,
  );

/** Web Crypto compares in constant time. */
async function fits(keys: CryptoKey[], signatures: Uint8Array[], content: Uint8Array): Promise<boolean> {
  const pairs = keys.flatMap((key) => signatures.map((signature) => ({ key, signature })));
  const answers = await Promise.all(
    pairs.map(({ key, signature }) =>
      crypto.subtle.verify("HMAC", key, signature as BufferSource, content as BufferSource),
    ),
  );
  return answers.includes(true);
}

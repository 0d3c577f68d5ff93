import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** AES-256 keys by id. The first one seals; all of them open. */
export type KeyRing = { id: string; key: Uint8Array }[];

/** A value that was sealed with a key that the ring does not hold. */
export class UnknownKeyError extends Error {
  constructor(readonly keyId: string) {
    super(`The encryption key "${keyId}" is not in the key ring.`);
  }
}

const algorithm = "aes-256-gcm";
const ivBytes = 12; // NIST SP 800-38D recommends 96 bits
const tagBytes = 16;

/**
 * Encrypts with the first key of the ring: `keyId:base64(iv, tag, ciphertext)`. The value opens only for the
 * same owner, so a sealed secret copied to another row is useless.
 */
export function seal(ring: KeyRing, plaintext: string, owner: string): string {
  const current = ring[0];
  if (!current) throw new Error("The key ring is empty.");
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, current.key, iv).setAAD(Buffer.from(owner));
  const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return `${current.id}:${Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString("base64")}`;
}

/** Decrypts what `seal` made. Throws UnknownKeyError, or an Error when value, key or owner do not fit. */
export function open(ring: KeyRing, sealed: string, owner: string): string {
  const keyId = sealedKeyId(sealed);
  const found = ring.find(({ id }) => id === keyId);
  if (!found) throw new UnknownKeyError(keyId);
  const bytes = Buffer.from(sealed.slice(keyId.length + 1), "base64");
  const decipher = createDecipheriv(algorithm, found.key, bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, "utf8") + decipher.final("utf8");
}

/** The id of the key that a value is sealed with. */
export const sealedKeyId = (sealed: string) => sealed.slice(0, sealed.indexOf(":"));

/** Who a webhook's secret is sealed for. */
export const secretOwner = (webhook: { customerId: string; webhookId: string }) =>
  `${webhook.customerId}/${webhook.webhookId}`;

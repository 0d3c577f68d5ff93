import { hash, randomBytes, timingSafeEqual } from "node:crypto";

/** Marks the keys of customers, for people and for scanners of leaked secrets. */
export const apiKeyMark = "fk_";
const randomBits = 256;
/** Enough of a key to tell it from others, far too little to guess the rest. */
const prefixLength = apiKeyMark.length + 6;

/** A new customer key: `key` is shown once, `prefix` and `hash` are what the store keeps. */
export function newApiKey(): { key: string; prefix: string; hash: string } {
  const key = `${apiKeyMark}${newSecret()}`;
  return { key, prefix: key.slice(0, prefixLength), hash: hashKey(key) };
}

/** A new token for a link or a session: the holder gets `token`, the store keeps `hash`. */
export function newToken(): { token: string; hash: string } {
  const token = newSecret();
  return { token, hash: hashKey(token) };
}

/** SHA-256 in hex. Keys and tokens are random, so nothing slower is needed. */
export const hashKey = (key: string) => hash("sha256", key);

/** Compares digests, so that the time taken tells nothing about the expected text, its length included. */
export function isSameText(given: string | Uint8Array, expected: string | Uint8Array): boolean {
  const digest = (text: string | Uint8Array) => hash("sha256", text, "buffer");
  return timingSafeEqual(digest(given), digest(expected));
}

const newSecret = () => randomBytes(randomBits / 8).toString("base64url");

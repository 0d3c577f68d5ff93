import { withoutTrailing } from "../trailing";

/** A digest that stands somewhere in a text, and whether its scheme's mark stands before it. */
export type Claim = { digest: string; isMarked: boolean };

/** The most that are looked at: a log's page holds other long words. */
const mostClaims = 100;

/** What may be a digest among words: hex and base64 of 16 to 64 bytes. */
export function claimsIn(text: string): Claim[] {
  const found = [];
  for (const { index, 0: word } of text.matchAll(/(?<![\w+/-])[\w+/-]{22,128}={0,2}/g)) {
    if (!isDigest(word)) continue;
    const isMarked = /(?:sha256=|v1[,=])$/i.test(text.slice(Math.max(0, index - 7), index));
    found.push({ digest: digestIn(word), isMarked });
    if (found.length === mostClaims) break;
  }
  return found;
}

/** Characters of 16, 20, 32, 48 and 64 bytes in base64, without padding; hex of 32 bytes in base64 has as many as 64 bytes. */
const base64Lengths = [22, 27, 43, 64, 86];

const isDigest = (word: string) =>
  hexDigest.test(word) || base64Lengths.includes(withoutTrailing(word, "=").length);

const hexDigest = /^(?:[0-9a-f]{2}){16,64}$/i;

/** A digest alone: without quotes, mark and padding, in one alphabet, and hex in small letters. */
export function digestIn(signature: string): string {
  const bare = signature.replace(/^["']+/, "").replace(/^(sha256=|v1[,=])/i, "");
  const digest = withoutTrailing(bare, `"',;=`).replaceAll("-", "+").replaceAll("_", "/");
  return hexDigest.test(digest) ? digest.toLowerCase() : digest;
}

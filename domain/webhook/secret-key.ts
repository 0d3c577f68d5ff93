/** Secrets of this form carry base64 key bytes for the Standard Webhooks scheme. */
const prefix = "whsec_";

/** Standard Webhooks recommends keys of 24 to 64 bytes; shorter ones than this are refused. */
const minKeyBytes = 16;

/**
 * Why a `whsec_` secret holds no key that every library reads alike, and what to do; null when it does, and for any
 * other secret, which is a key by its own bytes. It names places and characters of the alphabet's outside only, never
 * what may be part of a key.
 */
export function keyProblem(secret: string): string | null {
  if (!secret.startsWith(prefix)) return null;
  const base64 = secret.slice(prefix.length);
  const stray = strayIn(base64, prefix.length);
  if (stray !== null) return stray;

  const bytes = Buffer.from(base64, "base64");
  const padded = bytes.toString("base64");
  if (bytes.length < minKeyBytes) {
    const held = `${bytes.length} ${bytes.length === 1 ? "byte" : "bytes"}`;
    return `After whsec_ there must be base64 of ${minKeyBytes} or more bytes, and this is ${held}.`;
  }
  if (padded === base64) return null;
  const content = withoutPadding(base64);
  if (content.length % 4 === 1) {
    return "After whsec_ there is base64 that was cut: a character is missing or one too many.";
  }
  if (padded.startsWith(content)) {
    return `The base64 after whsec_ must end with ${paddingOf(padded)}, its padding.`;
  }
  return "The last character of the base64 after whsec_ holds bits of no byte, so it was changed or cut.";
}

/** What does not belong into base64, at its first place, counted from 1 over the whole secret. */
function strayIn(base64: string, offset: number): string | null {
  const content = withoutPadding(base64);
  const at = [...content].findIndex((character) => !/[A-Za-z0-9+/]/.test(character));
  const character = content[at];
  if (character === undefined) return null;
  const place = `at character ${offset + at + 1}`;
  if (/\s/.test(character)) return `There is a blank or a line break ${place}. Remove it.`;
  if (character === "=") return `There is a = ${place}, which base64 has at its end only.`;
  if (character === "-" || character === "_") {
    return `There is a ${character} ${place}: that is base64url. Write + for - and / for _, with = at its end until its length is a multiple of 4.`;
  }
  return `The character ${place} is none of base64, which has A-Z, a-z, 0-9, + and /.`;
}

/** By hand, because a pattern of `=` up to the end looks at a long run of them again from each. */
function withoutPadding(base64: string): string {
  let end = base64.length;
  while (base64[end - 1] === "=") end -= 1;
  return base64.slice(0, end);
}

const paddingOf = (padded: string) => padded.slice(withoutPadding(padded).length) || "no =";

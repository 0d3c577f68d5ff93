/** How the libraries of Standard Webhooks take a secret that people gave. */
export type LibraryReading =
  /** A `whsec_` secret, which they take as it is. */
  | "as_given"
  /** No mark, but base64: each of them decodes it, and has another key than the text that we sign with. */
  | "decoded"
  /** No base64: they refuse it, or decode what is left of it. */
  | "refused"
  /** As that, and JavaScript's take character codes for bytes where they are told to take it as text. */
  | "beyond_ascii";

/** What the libraries of Standard Webhooks make of a secret (standardwebhooks 1.1.1 and svix 1.99.1 for JavaScript, and the others' source). */
export function libraryReading(secret: string): LibraryReading {
  if (secret.startsWith("whsec_")) return "as_given";
  if (/[^\0-\x7f]/.test(secret)) return "beyond_ascii";
  return /^[A-Za-z0-9+/]+={0,2}$/.test(secret) ? "decoded" : "refused";
}

const ways =
  'check X-Signature instead, or give the library "whsec_" and the base64 of the secret\'s bytes, or have a whsec_ secret generated here';

/** What to know before such a secret is used with a library, in a sentence or two; null when there is nothing. */
export function libraryHint(secret: string): string | null {
  switch (libraryReading(secret)) {
    case "as_given":
      return null;
    case "decoded":
      return `Libraries of Standard Webhooks decode a secret like this from base64, while both signatures take it as text, so that none fits. If your endpoint uses one: ${ways}.`;
    case "refused":
      return `Libraries of Standard Webhooks want base64, and don't take this as text. If your endpoint uses one: ${ways}.`;
    case "beyond_ascii":
      return `Libraries of Standard Webhooks don't take this as text, and those of JavaScript not even as "raw" text, since they take character codes for bytes (those of Python, Go and Java take its UTF-8 bytes). If your endpoint uses one: ${ways}.`;
  }
}

import { pasteProblem } from "@/domain/webhook/pasted-secret";

const maxLength = 256;
const standardPrefix = "whsec_";
const minKeyBytes = 16;

/** What the server would say against an own secret; null when nothing. */
export function secretProblem(secret: string): string | null {
  if (secret === "") return "Enter the secret, or choose another way.";
  if (secret.length > maxLength) return `Use at most ${maxLength} characters.`;
  const pasted = pasteProblem(secret);
  if (pasted) return pasted.sentence;
  if (!secret.startsWith(standardPrefix) || holdsKey(secret.slice(standardPrefix.length))) return null;
  return `After ${standardPrefix} there must be base64 of ${minKeyBytes} or more bytes.`;
}

function holdsKey(base64: string): boolean {
  try {
    const bytes = atob(base64);
    return bytes.length >= minKeyBytes && btoa(bytes) === base64;
  } catch {
    return false;
  }
}

/** A new Standard Webhooks secret: `whsec_` and base64 of 32 random bytes. */
export function generateSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `${standardPrefix}${btoa(String.fromCharCode(...bytes))}`;
}

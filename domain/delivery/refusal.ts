import type { Outcome } from "./outcome";

/** What an answer that refuses the content of a request said: its HTTP status, and its words, if it had any. */
export type Refusal = { statusCode: number; words: string };

/** Contract rule 5: these judge what was sent, and say nothing about the endpoint. */
const refusingStatuses = [400, 409, 413, 415, 422];

/** Of the body, what is looked at; of its words, what is kept. */
const lookBytes = 2_048;
const maxCharacters = 200;

export const refusesContent = (status: number): boolean => refusingStatuses.includes(status);

/**
 * The refusal that an outcome is, as one text, `422 unknown field`, by which deliveries are grouped; null for any
 * other outcome. Whatever has a digit is masked, for ids and numbers differ from answer to answer where the words are
 * the same.
 */
export function refusalOf(outcome: Outcome): string | null {
  if (outcome.kind === "error" || !refusesContent(outcome.status)) return null;
  const { headers, body } = outcome.response;
  // Bodies are stored as they came: a compressed one has no words to read.
  const words = headers["content-encoding"] === undefined ? wordsOf(body) : "";
  return words === "" ? `${outcome.status}` : `${outcome.status} ${words}`;
}

/** The same in its parts. */
export function readRefusal(text: string): Refusal {
  const [status = ""] = text.split(" ", 1);
  return { statusCode: Number(status), words: text.slice(status.length + 1) };
}

/** Streaming leaves out a character that the cut would halve. */
function wordsOf(body: Uint8Array): string {
  const text = new TextDecoder().decode(body.subarray(0, lookBytes), { stream: true });
  const oneLine = text.replace(/[\s\p{C}]+/gu, " ").trim();
  const masked = oneLine.replace(/[\p{L}\p{N}_-]+/gu, (word) => (/\p{N}/u.test(word) ? "…" : word));
  const characters = [...masked];
  if (characters.length <= maxCharacters) return masked;
  return `${characters.slice(0, maxCharacters).join("").trimEnd()}…`;
}

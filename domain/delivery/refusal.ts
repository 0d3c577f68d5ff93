import { cut, lineOf } from "./answer-words";
import type { Outcome } from "./outcome";

/** What an answer that refuses the content of a request said: its HTTP status, and its words, if it had any. */
export type Refusal = { statusCode: number; words: string };

/** Contract rule 5: these judge what was sent, and say nothing about the endpoint. */
const refusingStatuses = [400, 409, 413, 415, 422];

export const refusesContent = (status: number): boolean => refusingStatuses.includes(status);

/**
 * The refusal that an outcome is, as one text, `422 unknown field`, by which deliveries are grouped; null for any
 * other outcome. Whatever has a digit is masked, for ids and numbers differ from answer to answer where the words are
 * the same.
 */
export function refusalOf(outcome: Outcome): string | null {
  if (outcome.kind === "error" || !refusesContent(outcome.status)) return null;
  const { headers, body } = outcome.response;
  const words = cut(masked(lineOf(headers, body)));
  return words === "" ? `${outcome.status}` : `${outcome.status} ${words}`;
}

/** The same in its parts. */
export function readRefusal(text: string): Refusal {
  const [status = ""] = text.split(" ", 1);
  return { statusCode: Number(status), words: text.slice(status.length + 1) };
}

const masked = (line: string) =>
  line.replace(/[\p{L}\p{N}_-]+/gu, (word) => (/\p{N}/u.test(word) ? "…" : word));

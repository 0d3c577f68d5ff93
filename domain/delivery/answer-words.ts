import type { ResponseHeaders } from "./outcome";

/** Of the body, what is looked at; of its words, what is kept. */
const lookBytes = 2_048;
const maxCharacters = 200;

/**
 * What an answer says in words, in one line: of a page its title, else how the body begins. Empty when it says nothing
 * that people could read.
 */
export function answerWords({ headers, body }: { headers: ResponseHeaders; body: Uint8Array }): string {
  const line = lineOf(headers, body);
  if (!line.startsWith("<")) return cut(line);
  const [, title = ""] = line.split(/<title>/i, 2);
  return cut((title.split("<", 1)[0] ?? "").trim());
}

/** How a body begins, in one line. Bodies are stored as they came: a compressed one has no words to read. */
export function lineOf(headers: ResponseHeaders, body: Uint8Array): string {
  if (headers["content-encoding"] !== undefined) return "";
  // Streaming leaves out a character that the cut would halve.
  const text = new TextDecoder().decode(body.subarray(0, lookBytes), { stream: true });
  return text.replace(/[\s\p{C}]+/gu, " ").trim();
}

/** No longer than what is kept of words. */
export function cut(words: string): string {
  const characters = [...words];
  if (characters.length <= maxCharacters) return words;
  return `${characters.slice(0, maxCharacters).join("").trimEnd()}…`;
}

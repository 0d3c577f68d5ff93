import { canonicalJson, parseJson } from "../event/json";

/** How a body that a receiver saw differs from the one that was sent, in one sentence; null when it does not. */
export function describeBody(seen: string, sent: string): string | null {
  if (seen === sent) return null;
  if (seen.trim() === "") return "The body is empty: was it read before, or parsed away by a framework?";
  if (sent.startsWith(seen))
    return `The body is cut: ${seen.length} of ${sent.length} characters. By your log, or by a limit on bodies?`;
  if (/^[\r\n]+$/.test(seen.slice(sent.length)) && seen.startsWith(sent)) {
    return "The body has a newline at its end that was not sent.";
  }
  if (printedAgain(seen) === printedAgain(sent)) {
    return `The body is the same JSON, but re-serialised: ${firstDifference(seen, sent)}. Verify the raw bytes, before any parser.`;
  }
  if (sameContent(seen, sent)) {
    return `The body holds the same values in another order or spelling: ${firstDifference(seen, sent)}. Verify the raw bytes, before any parser.`;
  }
  return `The body is not what was sent: ${firstDifference(seen, sent)}.`;
}

/** JSON text without whitespace between its tokens, each token as it was written; null when it is no JSON. */
export function printedAgain(text: string): string | null {
  return jsonIn(text) === null ? null : jsonTokens(text).join("");
}

/** The tokens of a JSON text as they are written: strings, other values, and the marks between them. */
export function jsonTokens(json: string): string[] {
  return json.match(/"(?:[^"\\]|\\.)*"?|[{}[\]:,]|[^\s"{}[\]:,]+/gs) ?? [];
}

/**
 * The JSON value in a text that somebody pasted; null when it is none. What nests without end is none either: for
 * 256 KiB of it V8 takes up to 80 ms at each look.
 */
export function jsonIn(text: string): { value: unknown } | null {
  const parsed = parseJson(text);
  return "value" in parsed ? parsed : null;
}

function sameContent(a: string, b: string): boolean {
  const [one, other] = [jsonIn(a), jsonIn(b)];
  return one !== null && other !== null && canonicalJson(one.value) === canonicalJson(other.value);
}

const shownCharacters = 24;

function firstDifference(seen: string, sent: string): string {
  let at = 0;
  while (at < seen.length && seen[at] === sent[at]) at += 1;
  const cut = (text: string) => JSON.stringify(text.slice(at, at + shownCharacters));
  return `at character ${at + 1} it has ${cut(seen)} where ${cut(sent)} was sent`;
}

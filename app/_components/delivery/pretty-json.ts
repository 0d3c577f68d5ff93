/**
 * JSON text indented by two spaces, every token as it was written: unlike parsing and printing again, this
 * changes no number and no escape. Null when the text is no JSON object or array.
 */
export function prettyJson(text: string): string | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  let depth = 0;
  let printed = "";
  let before = "";
  for (const token of text.match(/"(?:[^"\\]|\\.)*"?|[[\]{},:]|[^\s[\]{},:"]+/gs) ?? []) {
    if (isClosing(token)) depth -= 1;
    if (isClosing(token) ? !isOpening(before) : isOpening(before) || before === ",")
      printed += newLine(depth);
    printed += token === ":" ? ": " : token;
    if (isOpening(token)) depth += 1;
    before = token;
  }
  return printed;
}

const isOpening = (token: string) => token === "{" || token === "[";
const isClosing = (token: string) => token === "}" || token === "]";

/** Deeper than any event of ours; an answer of nothing but brackets would grow to a hundred million blanks. */
const deepestIndent = 64;

const newLine = (depth: number) => `\n${"  ".repeat(Math.min(depth, deepestIndent))}`;

export type JsonToken = { kind: "key" | "string" | "number" | "word" | "mark"; text: string };

/** A line of indented JSON. One that opens an object or array tells which line closes it again. */
export type JsonLine = { depth: number; tokens: JsonToken[]; closedBy?: number };

/**
 * JSON text as indented lines, every token as it was written: unlike parsing and printing again, this changes no
 * number and no escape. Null when the text is no JSON object or array.
 */
export function jsonLines(text: string): JsonLine[] | null {
  if (!isJson(text)) return null;
  const lines: JsonLine[] = [{ depth: 0, tokens: [] }];
  const open: number[] = [];
  let before = "";
  const tokens = text.match(/"(?:[^"\\]|\\.)*"?|[[\]{},:]|[^\s[\]{},:"]+/gs) ?? [];
  tokens.forEach((token, index) => {
    if (isClosing(token)) {
      const opener = lines[open.pop() ?? 0];
      if (!isOpening(before)) {
        if (opener) opener.closedBy = lines.length;
        lines.push({ depth: open.length, tokens: [] });
      }
    } else if (isOpening(before) || before === ",") lines.push({ depth: open.length, tokens: [] });
    if (isOpening(token)) open.push(lines.length - 1);
    lines.at(-1)?.tokens.push({ kind: kindOf(token, tokens[index + 1]), text: token === ":" ? ": " : token });
    before = token;
  });
  return lines;
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const isOpening = (token: string) => token === "{" || token === "[";
const isClosing = (token: string) => token === "}" || token === "]";

function kindOf(token: string, next: string | undefined): JsonToken["kind"] {
  if (token.startsWith('"')) return next === ":" ? "key" : "string";
  if (/^[[\]{},:]$/.test(token)) return "mark";
  return /^[-\d]/.test(token) ? "number" : "word";
}

/** Deeper than any event of ours; an answer of nothing but brackets would grow to a hundred million blanks. */
const deepestIndent = 64;

/** The blanks before a line. */
export const indentOf = ({ depth }: JsonLine) => "  ".repeat(Math.min(depth, deepestIndent));

/** JSON text indented by two spaces; null when it is no object or array. */
export const prettyJson = (text: string): string | null =>
  jsonLines(text)
    ?.map((line) => indentOf(line) + line.tokens.map((token) => token.text).join(""))
    .join("\n") ?? null;

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
  for (const token of text.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/gs) ?? []) {
    const isClosing = token === "}" || token === "]";
    if (isClosing) depth -= 1;
    if (isClosing && !/[[{]$/.test(printed)) printed += newLine(depth);
    else if (/[[{,]$/.test(printed) && !isClosing) printed += newLine(depth);
    printed += token === ":" ? ": " : token;
    if (token === "{" || token === "[") depth += 1;
  }
  return printed;
}

const newLine = (depth: number) => `\n${"  ".repeat(depth)}`;

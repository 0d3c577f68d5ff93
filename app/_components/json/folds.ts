import type { JsonLine } from "./json-lines";

/** Up to so many lines are looked through faster than they are unfolded. */
const readableLines = 100;

/** The lines that begin folded: of a long text, what is in a value of the event's data and longer than a glance. */
export function foldedAtFirst(lines: JsonLine[]): Set<number> {
  const folded = new Set<number>();
  if (lines.length <= readableLines) return folded;
  lines.forEach(({ depth, closedBy }, at) => {
    if (closedBy !== undefined && depth >= 2) folded.add(at);
  });
  return folded;
}

/** The lines that are shown while some are folded, by their places. */
export function shownLines(lines: JsonLine[], folded: ReadonlySet<number>): number[] {
  const shown: number[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    shown.push(at);
    if (folded.has(at)) at = lines[at]?.closedBy ?? at;
  }
  return shown;
}

/** How many members a line's object or array has, while it is folded. */
export function memberCount(lines: JsonLine[], at: number): number {
  const { depth = 0, closedBy = at } = lines[at] ?? {};
  return lines.slice(at + 1, closedBy).filter((line) => line.depth === depth + 1 && !isClosingOnly(line))
    .length;
}

const isClosingOnly = ({ tokens }: JsonLine) => tokens[0]?.text === "}" || tokens[0]?.text === "]";

import type { Command } from "./command";

type Findable = Pick<Command, "group" | "title" | "code" | "note" | "words" | "ids" | "isOnlyFound">;

/**
 * The commands that have every typed word, by group. What begins with the typed text comes before what has words that
 * begin so, and that before what only contains them; a group is as near as its best command. What is equally near
 * keeps its order.
 */
export function findCommands<C extends Findable>(
  commands: C[],
  typed: string,
): { heading: string; commands: C[] }[] {
  const search = typed.trim().toLowerCase();
  const found = commands
    .map((command) => ({ command, nearness: search === "" ? unasked(command) : nearness(command, search) }))
    .filter((each) => each.nearness > 0)
    .toSorted((a, b) => b.nearness - a.nearness)
    .map(({ command }) => command);
  const headings = new Set(found.map(({ group }) => group));
  return [...headings].map((heading) => ({
    heading,
    commands: found.filter(({ group }) => group === heading),
  }));
}

const unasked = ({ isOnlyFound }: Findable) => (isOnlyFound ? 0 : 1);

/** Ids of one time begin alike: fewer characters would find all of them. */
const shortestIdPart = 12;

function nearness({ title, code = "", note = "", words = "", ids = [] }: Findable, search: string): number {
  const shown = `${title} ${code}`.trim().toLowerCase();
  if (shown.startsWith(search) || code.toLowerCase().startsWith(search)) return 4;
  if (search.length >= shortestIdPart && ids.some((id) => id.startsWith(search))) return 4;
  const typedWords = search.split(/\s+/);
  if (typedWords.every((word) => beginsAWord(shown, word))) return 3;
  const all = `${shown} ${note} ${words}`.toLowerCase();
  if (typedWords.every((word) => beginsAWord(all, word))) return 2;
  return typedWords.every((word) => all.includes(word)) ? 1 : 0;
}

/** Words are also what `_`, `/`, `.` and the like separate: `completed` begins one of `search_completed`. */
function beginsAWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? "")) return true;
  }
  return false;
}

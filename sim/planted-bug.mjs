import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";

const folder = new URL("bugs/", import.meta.url);

/**
 * The bugs of sim/bugs: a sentence, then a patch of one file. A hunk is found by its text, so that a patch holds
 * until the lines that it is about change.
 */
export const plantedBugs = () => readdirSync(folder).sort().map(readBug);

function readBug(fileName) {
  const text = readFileSync(new URL(fileName, folder), "utf8");
  const [head, ...hunks] = text.split(/^@@.*\n/m);
  return {
    name: basename(fileName, ".patch"),
    sentence: text.slice(0, text.indexOf("\n")),
    file: /^\+\+\+ b\/(.*)$/m.exec(head)[1],
    changes: hunks.map((hunk) => ({ find: linesOf(hunk, "+"), replace: linesOf(hunk, "-") })),
  };
}

/** The lines of a hunk without those of one sign. */
function linesOf(hunk, withoutSign) {
  const lines = hunk.replace(/\n$/, "").split("\n");
  return lines
    .filter((line) => !line.startsWith(withoutSign))
    .map((line) => line.slice(1))
    .join("\n");
}

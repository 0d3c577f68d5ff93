import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import manifest from "@/package.json";
import { processes } from "@/scripts/bundle.mjs";
import { settings } from "@/server/process/env";

/** The image of Fanfare itself, which is built from this tree. */
export const ownImage = `fanfare:${manifest.version}`;

/** Node's own, beside the settings of Fanfare. */
const ofNode = ["MALLOC_ARENA_MAX", "NODE_ENV", "NODE_OPTIONS"];
const known = new Set([...Object.keys(settings.shape), ...ofNode]);

/** Those that neither Fanfare nor Node reads. */
export const unknownSettings = (names: string[]) => names.filter((name) => !known.has(name));

const { PORT, DELIVERY_TIMEOUT } = settings.parse({});
export const port = PORT;
/** What ending takes at most, as long as nobody sets DELIVERY_TIMEOUT. */
export const endsWithinSeconds = DELIVERY_TIMEOUT / 1_000 + 10;

/** `node dist/<process>.mjs`, of a process that the build makes. */
export const runsProcess = (command: string[]) =>
  command.length === 2 &&
  command[0] === "node" &&
  processes.some((name) => command[1] === `dist/${name}.mjs`);

/** Down to the patch, or the minor version where there are no others. */
export const isExact = (image: string) => /:v?\d+\.\d+(\.\d+)?(-[\w.-]+)?$/.test(image);

/** The documents of a file. What is no sound YAML is thrown. */
export function readYaml(file: string): unknown[] {
  return parseAllDocuments(readFileSync(file, "utf8"), { merge: true }).map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem) throw problem;
    return document.toJS();
  });
}

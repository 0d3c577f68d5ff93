import { blocks } from "./blocks";
import { shownFiles } from "./shown-files";

/**
 * A guide's text as it is read: with the address of this Fanfare, the files that it shows and the tables that it names.
 * Throws when it names what there is not.
 */
export function expand(text: string, site: string): string {
  return text
    .replaceAll(/^(```\w+ file=(.+)\n)(?=```$)/gm, (_, fence: string, name: string) => fence + shown(name))
    .replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => (name === "url" ? site : block(name)));
}

function shown(name: string): string {
  const text = shownFiles[name];
  if (text === undefined) throw new Error(`There is no ${name} to show.`);
  return text.endsWith("\n") ? text : `${text}\n`;
}

function block(name: string): string {
  const text = blocks[name];
  if (text === undefined) throw new Error(`There is no block ${name}.`);
  return text;
}

import { InvalidArgumentError } from "commander";

/** `a,b`, with spaces or without. */
export function toList(text: string): string[] {
  const items = text.split(",").map((item) => item.trim());
  if (items.some((item) => item === "")) throw new InvalidArgumentError("Write them with commas between.");
  return items;
}

/** Makes a parser of lists of which each item is one of these. */
export const toListOf =
  <Item extends string>(items: readonly Item[]) =>
  (text: string): Item[] =>
    toList(text).map(toOneOf(items));

/** Makes a parser that takes one of these. */
export const toOneOf =
  <Item extends string>(items: readonly Item[]) =>
  (text: string): Item => {
    const item = items.find((each) => each === text);
    if (item === undefined) throw new InvalidArgumentError(`Use one of: ${items.join(", ")}.`);
    return item;
  };

export function toUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new InvalidArgumentError("It begins with http:// or https://.");
  return text;
}

const timeShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** ISO 8601 with a zone, as Fanfare takes it. */
export function toTime(text: string): string {
  if (!timeShape.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError("Write it like 2026-01-31T08:00Z.");
  return text;
}

/** Makes a parser of whole numbers up to `most`. */
export const toCount =
  (most: number) =>
  (text: string): number => {
    const count = Number(text);
    if (!Number.isInteger(count) || count < 1 || count > most)
      throw new InvalidArgumentError(`Use a number from 1 to ${most}.`);
    return count;
  };

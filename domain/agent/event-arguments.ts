import { z } from "zod";
import type { EventType } from "../event/event-type";
import { isWellFormed, notWellFormed } from "../well-formed";
import { details } from "./event-data";
import { type PlainField, plainFields } from "./plain-fields";

/** Values that one argument may list. */
const maxValues = 20;

/** What an agent may say about which events of a type it wants, as a schema; every argument may be left out. */
export function argumentsSchema(entry: EventType): z.ZodObject {
  const narrowing = plainFields(entry).flatMap((field) => {
    const schema = argumentOf(field);
    return schema === null ? [] : [schema];
  });
  return z.strictObject({ ...Object.fromEntries(narrowing), include });
}

const id = z.string().min(1).max(200).refine(isWellFormed, notWellFormed);

const include = z
  .enum(details)
  .default("ids")
  .describe(
    "ids: each event brings ids, states, counts, times and a link. full: all of its data, which may hold names, birth dates and other personal data; ask for it only when whoever you work for agreed that these reach you",
  );

/** An argument and its name: a value, or a list of which one has to fit; of a count, the least that fits. */
function argumentOf({ name, kind, words, description }: PlainField): [string, z.ZodType] | null {
  switch (kind) {
    case "id":
      return [name, oneOrMore(id, description)];
    case "word":
      // One that is always the same narrows nothing.
      return words.length > 1 ? [name, oneOrMore(z.enum(words), description)] : null;
    case "count":
      return [`min_${name}`, z.int().min(0).optional().describe(`${description}: at least so many`)];
    case "time":
      return null;
  }
}

const oneOrMore = (value: z.ZodType, description: string) =>
  z
    .union([value, z.array(value).min(1).max(maxValues)])
    .optional()
    .describe(`${description}, or a list of which one has to fit`);

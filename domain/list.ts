import { z } from "zod";

/** A list of at most so many entries. zod alone would look at every entry, and complain of each, before it counts. */
export function list<Entry extends z.ZodType>(entry: Entry, maxEntries: number) {
  return z.preprocess((given: z.input<Entry>[], context) => {
    if (!Array.isArray(given) || given.length <= maxEntries) return given;
    context.addIssue({ code: "too_big", maximum: maxEntries, origin: "array", input: given });
    return z.NEVER;
  }, z.array(entry).max(maxEntries));
}

/**
 * What `data` holds at a path: keys with dots between, from `data` on, which may be named itself (`data.subject.id`). A
 * list on the way stands for each of its entries, so there may be several values; one at the end is a value.
 */
export function valuesAt(data: unknown, path: string): unknown[] {
  const keys = (path.startsWith("data.") ? path.slice("data.".length) : path).split(".");
  let values = [data];
  for (const key of keys) values = values.flatMap(entriesOf).flatMap((value) => propertyOf(value, key));
  return values;
}

/** The values of a list, and of lists in it; anything else is the one value. */
export const entriesOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value];

const propertyOf = (value: unknown, key: string): unknown[] =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? [(value as Record<string, unknown>)[key]]
    : [];

/** A value of an event's data that is no object or list: where it is, and as which text people look for it. */
export type Leaf = {
  /** From `data` on, as people write it: `data.subject.id`. What lists hold is at the list's own path. */
  path: string;
  /** The same with places in lists: `data.reasons[1]`. */
  place: string;
  value: string;
};

/** Values that are longer are found as parts of the payload only. */
export const longestValue = 200;

/** The values of an event's body, `{ …, data }`, in the order in which they stand there. */
export function* leavesOf(body: string): Generator<Leaf> {
  const { data } = JSON.parse(body) as { data: unknown };
  yield* under(data, "data", "data");
}

function* under(value: unknown, path: string, place: string): Generator<Leaf> {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) yield* under(each, path, `${place}[${index}]`);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, each] of Object.entries(value))
      yield* under(each, `${path}.${name}`, `${place}.${name}`);
  } else {
    yield { path, place, value: String(value) };
  }
}

import { dataJsonSchema } from "../event/catalogue";
import type { EventType } from "../event/event-type";

/**
 * A field of an event's data that says which case it is about and what came of it, and names nobody: an id, one of a few
 * words, a count, or a time.
 */
export type PlainField = {
  /** Its keys, from the outside in. */
  path: readonly string[];
  /** One word for it, as an argument: `subject_id`. */
  name: string;
  kind: "id" | "word" | "count" | "time";
  /** Of a word, which there are. */
  words: readonly string[];
  description: string;
};

type Schema = {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
};

/** The plain fields of a type's data, in the order of the catalogue. */
export function plainFields(entry: EventType): readonly PlainField[] {
  const known = found.get(entry);
  if (known) return known;
  const own = fieldsIn(dataJsonSchema(entry) as Schema, []);
  const fields = [...own, ...sharedFields.filter(({ name }) => own.every((field) => field.name !== name))];
  found.set(entry, fields);
  return fields;
}

/**
 * What people call a case by, in data of any type. The catalogue leaves it to platforms whether and how they send these,
 * so it checks none; an event without one fits no argument that asks for it.
 */
const sharedFields: readonly PlainField[] = [
  { name: "case_id", description: "Id of the case that it belongs to, where the platform sends one" },
  {
    name: "customer_reference",
    description: "The customer's own reference for it, where the platform sends one",
  },
].map((field) => ({ ...field, path: [field.name], kind: "id", words: [] }));

/** The catalogue never changes, and its schemas take a thousand times as long to read as an event. */
const found = new WeakMap<EventType, readonly PlainField[]>();

function fieldsIn({ properties = {} }: Schema, outside: readonly string[]): PlainField[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const path = [...outside, key];
    if (schema.type === "object") return fieldsIn(schema, path);
    const kind = kindOf(key, schema);
    if (kind === null) return [];
    const words = (schema.enum ?? [schema.const]).map(String);
    const description = schema.description ?? "";
    return [{ path, name: path.join("_"), kind, words: kind === "word" ? words : [], description }];
  });
}

function kindOf(key: string, { type, enum: words, const: word, format }: Schema): PlainField["kind"] | null {
  if (words !== undefined || word !== undefined) return "word";
  if (type === "integer") return "count";
  if (type !== "string") return null;
  if (format === "date-time") return "time";
  return key === "id" || key.endsWith("_id") ? "id" : null;
}

import type { Schema } from "@/app/_components/schema/schema";

/** What may be compared at a path, which says how. */
export type Kind = "text" | "number" | "boolean" | "time";

/** A value of an event's data that the catalogue knows. */
export type DataField = { path: string; kind: Kind; choices: string[]; description: string | undefined };

/** The fields of a type's data that hold one value, or a list of such, in the schema's order. */
export function fieldsOf(schema: Schema, path = "data"): DataField[] {
  if (schema.items) return fieldsOf(schema.items, path);
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, field]) => fieldsOf(field, `${path}.${name}`));
  const kind = kindOf(schema);
  if (kind === null) return [];
  const choices = [...(schema.enum ?? []), ...(schema.const === undefined ? [] : [schema.const])];
  return [{ path, kind, choices: choices.map(String), description: schema.description }];
}

function kindOf({ type, format }: Schema): Kind | null {
  if (type === "string") return format === "date-time" || format === "date" ? "time" : "text";
  if (type === "integer" || type === "number") return "number";
  return type === "boolean" ? "boolean" : null;
}

/** A path as fields have it: `data` may be left out. */
export const fullPath = (path: string) => (path.startsWith("data.") ? path : `data.${path}`);

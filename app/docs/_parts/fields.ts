import type { JsonSchema } from "@/server/api/openapi/schemas";
import type { OpenApi, Operation } from "@/server/api/openapi/types";

export type Field = {
  name: string;
  /** Where it goes, when that is not the body. */
  place?: string;
  required: boolean;
  schema: JsonSchema;
  description?: string | undefined;
};

const refPrefix = "#/components/schemas/";

/** The name of the shared object that a schema refers to; null when it is a schema of its own. */
export const refName = (schema: JsonSchema) =>
  schema.$ref?.startsWith(refPrefix) ? schema.$ref.slice(refPrefix.length) : null;

/** The fields of an object, by itself, by reference, or of the first of several shapes. */
export function fieldsOf(schema: JsonSchema, document: OpenApi): Field[] {
  const name = refName(schema);
  if (name) return fieldsOf(document.components.schemas[name] ?? {}, document);
  const [first] = schema.anyOf ?? [];
  if (typeof first === "object") return fieldsOf(first, document);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (typeof field !== "object") return [];
    const required = schema.required?.includes(name) ?? false;
    return [{ name, required, schema: field, description: field.description }];
  });
}

/** The parameters of a call, but for what is told once for all calls. */
export function parameterFields({ parameters }: Operation): Field[] {
  const own = parameters.filter(({ name }) => name !== "X-Customer-Id");
  return own.map(({ in: place, ...field }) => ({ ...field, place }));
}

/** What a value may be, in a few words. */
export function wordsOf(schema: JsonSchema): string {
  const name = refName(schema);
  if (name) return name;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf)
    return schema.anyOf.map((each) => wordsOf(typeof each === "object" ? each : {})).join(" | ");
  if (Array.isArray(schema.type)) return schema.type.join(" | ");
  if (schema.type === "array") return `array of ${wordsOf(itemsOf(schema))}`;
  return schema.format ?? schema.type ?? "anything";
}

/** What the items of an array are; anything when that is not told. */
export function itemsOf({ items }: JsonSchema): JsonSchema {
  return typeof items === "object" && !Array.isArray(items) ? items : {};
}

/** The limits and default of a value, in words; empty when it has none. */
export function limitsOf(schema: JsonSchema): string {
  const limits = [
    schema.minimum !== undefined && `at least ${schema.minimum}`,
    schema.maximum !== undefined && `at most ${schema.maximum}`,
    schema.maxLength !== undefined && `at most ${schema.maxLength} characters`,
    schema.default !== undefined && `default ${JSON.stringify(schema.default)}`,
  ];
  return limits.filter(Boolean).join(", ");
}

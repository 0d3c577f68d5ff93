/** The parts of JSON Schema that the catalogue uses. */
export type Schema = {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
};

/** What a value may be, in a few words: `string`, `date-time`, `"a" | "b"`, `array of string`. */
export function schemaWords(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.type === "array") return `array of ${schema.items ? schemaWords(schema.items) : "anything"}`;
  return schema.format ?? schema.type ?? "anything";
}

/** A TypeScript type of the same shape. Extra fields may always come, so objects say so. */
export function toTypeScript(name: string, schema: Schema): string {
  return `export type ${name} = ${typeOf(schema, 0)};`;
}

function typeOf(schema: Schema, depth: number): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.type === "array") return `${arrayItem(schema.items, depth)}[]`;
  if (schema.type === "object" || schema.properties) return objectType(schema, depth);
  if (schema.type === "integer" || schema.type === "number") return "number";
  return schema.type === "string" || schema.type === "boolean" ? schema.type : "unknown";
}

function arrayItem(items: Schema | undefined, depth: number): string {
  const type = items ? typeOf(items, depth) : "unknown";
  return type.includes(" | ") ? `(${type})` : type;
}

function objectType(schema: Schema, depth: number): string {
  const indent = "  ".repeat(depth + 1);
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const comment = field.description ? `${indent}/** ${field.description} */\n` : "";
    const mark = schema.required?.includes(name) ? "" : "?";
    return `${comment}${indent}${fieldName(name)}${mark}: ${typeOf(field, depth + 1)};\n`;
  });
  return `{\n${fields.join("")}${indent}[more: string]: unknown;\n${"  ".repeat(depth)}}`;
}

const fieldName = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

/** `cdd_state_changed` as a type's name: `CddStateChanged`, and `webhook.slow`: `WebhookSlow`. */
export const typeName = (eventType: string) =>
  eventType
    .split(/[_.]/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");

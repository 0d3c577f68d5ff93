import type { JsonSchema } from "@/server/api/openapi/schemas";

/** Whether what a type describes is given or answered: who gives may say `undefined` for what is left out. */
export type Direction = "input" | "output";

type Child = JsonSchema | boolean | undefined;

/**
 * The TypeScript type of what a JSON Schema describes, with its descriptions as comments. Throws on a keyword that it
 * does not know how to say: a type that says too little would be found out by nobody.
 */
export function typeText(schema: Child, direction: Direction, indent = ""): string {
  if (typeof schema !== "object") return "unknown";
  if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  const { anyOf = schema.oneOf, type } = schema;
  if (anyOf) return union(anyOf.map((one) => typeText(one, direction, indent)));
  if (Array.isArray(type))
    return union(type.map((one) => typeText({ ...schema, type: one }, direction, indent)));
  switch (type) {
    case "string":
    case "boolean":
    case "null":
      return type;
    case "number":
    case "integer":
      return "number";
    case "array":
      return `Array<${typeText(schema.items as Child, direction, indent)}>`;
    case "object":
      return objectText(schema, direction, indent);
    case undefined:
      if (!isAnything(schema)) throw new Error(`No type for ${JSON.stringify(schema)}`);
      return "unknown";
    default:
      throw new Error(`No type for ${JSON.stringify(schema)}`);
  }
}

/** The comment above what has a description. */
export const commentText = (text: string | undefined, indent: string) =>
  text ? `${indent}/** ${text.replaceAll("*/", "*\\/")} */\n` : "";

const union = (types: string[]) => [...new Set(types)].join(" | ");

/** What says nothing about the value itself. */
const isAnything = (schema: JsonSchema) =>
  Object.keys(schema).every((key) => ["description", "default", "title"].includes(key));

function objectText(schema: JsonSchema, direction: Direction, indent: string): string {
  const { properties = {}, required = [], additionalProperties } = schema;
  const inner = `${indent}  `;
  const fields = Object.entries(properties).map(([name, property]) => {
    const isRequired = required.includes(name);
    const type = typeText(property, direction, inner);
    const description = typeof property === "object" ? property.description : undefined;
    const absent = !isRequired && direction === "input" && type !== "unknown" ? " | undefined" : "";
    return `${commentText(description, inner)}${inner}${name}${isRequired ? "" : "?"}: ${type}${absent};\n`;
  });
  if (additionalProperties !== undefined && additionalProperties !== false)
    fields.push(`${inner}[field: string]: ${typeText(additionalProperties, direction, inner)};\n`);
  return fields.length === 0 ? "Record<string, never>" : `{\n${fields.join("")}${indent}}`;
}

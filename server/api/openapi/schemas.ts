import { z } from "zod";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Schemas of one document: those with an id are kept once, under `components`, and referred to. */
export type Schemas = {
  components: Record<string, JsonSchema>;
  /** The JSON Schema of what a call takes ("input") or answers ("output"). */
  of: (schema: z.ZodType, io: "input" | "output") => JsonSchema;
};

export function createSchemas(): Schemas {
  const components: Record<string, JsonSchema> = {};
  return {
    components,
    of(schema, io) {
      const { $defs = {}, properties } = z.toJSONSchema(z.object({ schema }), { io, override: tidy });
      for (const [id, definition] of Object.entries($defs)) components[id] = toComponents(definition);
      const own = properties?.schema;
      return typeof own === "object" ? toComponents(own) : {};
    },
  };
}

const toComponents = (schema: JsonSchema): JsonSchema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));

/** Takes out what is noise to readers, and what only the dashboard asks for. */
function tidy({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.format) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // Answers may grow fields.
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  delete jsonSchema.propertyNames;
  for (const [name, property] of Object.entries(jsonSchema.properties ?? {})) {
    if (typeof property === "object" && property.dashboardOnly) delete jsonSchema.properties?.[name];
  }
}

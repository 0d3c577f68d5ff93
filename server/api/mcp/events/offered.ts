import { z } from "zod";
import { argumentsSchema } from "@/domain/agent/event-arguments";
import { plainFields } from "@/domain/agent/plain-fields";
import { dataJsonSchema, eventTypes } from "@/domain/event/catalogue";
import type { EventType } from "@/domain/event/event-type";

type JsonSchema = Record<string, unknown>;

/** An event that agents may subscribe to. */
export type OfferedEvent = {
  entry: EventType;
  /** What an agent may ask of it. */
  arguments: z.ZodObject;
  /** As the protocol lists it. */
  definition: {
    name: string;
    description: string;
    delivery: ["webhook"];
    inputSchema: JsonSchema;
    payloadSchema: JsonSchema;
  };
};

/** All that the platform publishes, in the catalogue's order. */
export function offeredEvents(): readonly OfferedEvent[] {
  made ??= eventTypes.map(toOffered);
  return made;
}

export const findOffered = (name: string): OfferedEvent | undefined =>
  offeredEvents().find(({ entry }) => entry.type === name);

/** Made once somebody asks: the catalogue never changes while a process lives. */
let made: OfferedEvent[] | undefined;

function toOffered(entry: EventType): OfferedEvent {
  const schema = argumentsSchema(entry);
  return {
    entry,
    arguments: schema,
    definition: {
      name: entry.type,
      description: entry.description,
      delivery: ["webhook"],
      inputSchema: z.toJSONSchema(schema, { io: "input" }),
      payloadSchema: payloadSchema(entry),
    },
  };
}

/**
 * What `data` may hold, at whichever level of detail: all that the catalogue has, of which nothing is promised, since
 * what names a person is left out unless it was asked for.
 */
function payloadSchema(entry: EventType): JsonSchema {
  const { properties, ...schema } = withoutRequired(dataJsonSchema(entry)) as { properties: JsonSchema };
  const shared = plainFields(entry).filter(({ name, path }) => path.length === 1 && !(name in properties));
  const described = shared.map(({ name, description }) => [name, { description }]);
  return { ...schema, properties: { ...properties, ...Object.fromEntries(described), link } };
}

const link = {
  type: "string",
  format: "uri",
  description: "Where a person sees the event. Not there with include: full",
};

/** A schema of which no field, at any depth, has to be there. */
function withoutRequired(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutRequired);
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(([key, value]) => !(key === "required" && Array.isArray(value)));
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutRequired(value)]));
}

import { expect, test } from "vitest";
import { dataJsonSchema, eventTypes } from "@/domain/event/catalogue";
import { type Schema, schemaWords, toTypeScript, typeName } from "./schema";

const schema: Schema = {
  type: "object",
  required: ["id", "state"],
  properties: {
    id: { type: "string", description: "Id of the case" },
    state: { enum: ["open", "closed"] },
    tags: { type: "array", items: { type: "string" } },
    choices: { type: "array", items: { enum: [1, 2] } },
    at: { type: "string", format: "date-time" },
    "odd-name": { type: "integer" },
    inner: { type: "object", properties: { yes: { type: "boolean" } } },
  },
};

test("a schema becomes a TypeScript type with the same words", () => {
  expect(toTypeScript("CaseClosed", schema)).toBe(`export type CaseClosed = {
  /** Id of the case */
  id: string;
  state: "open" | "closed";
  tags?: string[];
  choices?: (1 | 2)[];
  at?: string;
  "odd-name"?: number;
  inner?: {
    yes?: boolean;
    [more: string]: unknown;
  };
  [more: string]: unknown;
};`);
});

test("values are described in a few words", () => {
  const { properties = {} } = schema;
  expect(Object.values(properties).map(schemaWords)).toEqual([
    "string",
    '"open" | "closed"',
    "array of string",
    "array of 1 | 2",
    "date-time",
    "integer",
    "object",
  ]);
});

test("every type of the catalogue can be written down", () => {
  for (const entry of eventTypes) {
    expect(toTypeScript(typeName(entry.type), { ...dataJsonSchema(entry) } as Schema)).not.toContain(
      ": unknown;\n  /**",
    );
  }
  expect(typeName("cdd_state_changed")).toBe("CddStateChanged");
  expect(typeName("webhook.slow")).toBe("WebhookSlow");
});

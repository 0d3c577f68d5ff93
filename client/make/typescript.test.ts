import { expect, test } from "vitest";
import { typeText } from "./typescript";

test("objects say what is required, and what a caller may leave out as undefined", () => {
  const schema = {
    type: "object",
    properties: { id: { type: "string", description: "Its id" }, note: { type: ["string", "null"] } },
    required: ["id"],
  } as const;
  expect(typeText(schema as never, "output")).toBe(
    "{\n  /** Its id */\n  id: string;\n  note?: string | null;\n}",
  );
  expect(typeText(schema as never, "input")).toContain("note?: string | null | undefined;");
});

test("what is open to other fields says so", () => {
  expect(typeText({ type: "object", properties: {}, additionalProperties: {} }, "output")).toBe(
    "{\n  [field: string]: unknown;\n}",
  );
  expect(typeText({ type: "object", additionalProperties: { type: "string" } }, "output")).toContain(
    "[field: string]: string;",
  );
});

test("values, unions, lists and references are what they are", () => {
  expect(typeText({ enum: ["a", "b"] }, "output")).toBe('"a" | "b"');
  expect(typeText({ const: "COMPLETED" }, "output")).toBe('"COMPLETED"');
  expect(typeText({ anyOf: [{ type: "integer" }, { type: "number" }, { type: "null" }] }, "output")).toBe(
    "number | null",
  );
  expect(typeText({ type: "array", items: { $ref: "#/components/schemas/Webhook" } }, "output")).toBe(
    "Array<Webhook>",
  );
  expect(typeText({ description: "Anything" }, "output")).toBe("unknown");
});

test("what cannot be said is an error and not any", () => {
  expect(() => typeText({ not: { type: "string" } }, "output")).toThrow("No type for");
});

import { describe, expect, test } from "vitest";
import type { Schema } from "@/app/_components/schema/schema";
import { dataJsonSchema, eventTypes } from "@/domain/event/catalogue";
import type { Condition } from "@/domain/filter/condition";
import { fieldsOf } from "./fields-of";
import { inWay, kindOfRow, missingIn, newRow, toCondition, toRow, wayOf, ways } from "./row";

const kinds = ["text", "number", "boolean", "time"] as const;

describe("a row", () => {
  test.each(kinds.flatMap((kind) => ways[kind].map((way) => [kind, way] as const)))(
    "of a %s can be compared in the way %o, and is drawn so again",
    (kind, way) => {
      const row = inWay(newRow("data.a", kind), way, kind);
      const drawn = toRow(JSON.parse(JSON.stringify(toCondition(filled(row)))) as Condition);
      expect(drawn && wayOf(drawn, kind)).toEqual(way);
    },
  );

  test("keeps what was typed when it is compared in another way", () => {
    const typed = toRow({ op: "equals", path: "data.country", value: "DE" });
    const oneOf = ways.text.find(({ name }) => name === "one-of");
    expect(typed && oneOf && inWay(typed, oneOf, "text").leaf).toEqual({
      op: "in",
      path: "data.country",
      values: ["DE"],
    });
  });

  test.each<Condition>([
    { op: "equals", path: "a", value: null },
    { op: "in", path: "a", values: ["x", null] },
    { op: "not", condition: { op: "exists", path: "a", value: true } },
    { op: "not", condition: { op: "not", condition: { op: "equals", path: "a", value: 1 } } },
    { op: "and", conditions: [] },
  ])("is not what the form has no fields for: %j", (condition) => {
    expect(toRow(condition)).toBeNull();
  });
});

const filled = (row: ReturnType<typeof newRow>) => {
  const leaf = { ...row.leaf } as Record<string, unknown>;
  if (Number.isNaN(leaf.value)) leaf.value = 1;
  if (leaf.value === "") leaf.value = "2026-01-01";
  return { ...row, leaf: leaf as (typeof row)["leaf"] };
};

test.each<[Condition, string | null]>([
  [{ op: "equals", path: "", value: "x" }, "not chosen"],
  [{ op: "equals", path: "data.a", value: "" }, "data.a has no value"],
  [{ op: "equals", path: "data.a", value: Number.NaN }, "no value"],
  [{ op: "in", path: "data.a", values: [] }, "no values"],
  [{ op: "less", path: "data.a", value: "soon" }, "needs a time"],
  [{ op: "less", path: "data.a", value: "2026-01-31" }, null],
  [
    {
      op: "or",
      conditions: [
        { op: "exists", path: "data.a", value: true },
        { op: "prefix", path: "b", value: "" },
      ],
    },
    "b has no value",
  ],
  [{ op: "not", condition: { op: "equals", path: "data.a", value: 0 } }, null],
])("what is missing in %j", (condition, missing) => {
  expect(missingIn(condition)).toEqual(missing && expect.stringContaining(missing));
});

test("every type of the catalogue has fields to compare, each of a kind", () => {
  for (const entry of eventTypes) {
    const fields = fieldsOf(dataJsonSchema(entry) as Schema);
    expect(fields.length, entry.type).toBeGreaterThan(2);
    for (const { path, kind } of fields) {
      expect(path).toMatch(/^data\.[a-z_.]+$/);
      expect(kinds).toContain(kind);
    }
  }
  const state = fieldsOf(dataJsonSchema(eventTypes[0] as never) as Schema);
  expect(state).toContainEqual(
    expect.objectContaining({
      path: "data.risk_level",
      kind: "text",
      choices: ["low", "medium", "high", "critical"],
    }),
  );
  expect(state).toContainEqual(expect.objectContaining({ path: "data.reasons", kind: "text" }));
  expect(state).toContainEqual(expect.objectContaining({ path: "data.changed_at", kind: "time" }));
});

test("without the catalogue, a row's kind is told by what it holds", () => {
  const kind = (condition: Condition) => {
    const row = toRow(condition);
    return row && kindOfRow(row);
  };
  expect(kind({ op: "equals", path: "a", value: 1 })).toBe("number");
  expect(kind({ op: "equals", path: "a", value: true })).toBe("boolean");
  expect(kind({ op: "less", path: "a", value: "2026-01-01" })).toBe("time");
  expect(kind({ op: "equals", path: "a", value: "2026-01-01" })).toBe("text");
});

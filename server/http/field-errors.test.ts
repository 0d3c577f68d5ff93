import { expect, test } from "vitest";
import { z } from "zod";
import { fieldErrors } from "./field-errors";

const messagesOf = (schema: z.ZodType, value: unknown) =>
  fieldErrors(schema.safeParse(value).error?.issues ?? []).map(({ message }) => message);

test.each<[z.ZodType, unknown, string]>([
  [z.object({}), undefined, "This is required."],
  [z.object({}), [], "Must be an object."],
  [z.string(), 1, "Must be a string."],
  [z.int(), 1.5, "Must be a whole number."],
  [z.boolean(), "true", "Must be true or false."],
  [z.enum(["a", "b"]), "c", "Must be one of a, b."],
  [z.string().max(3), "four", "Must have at most 3 characters."],
  [z.array(z.string()).min(1), [], "Must have at least 1 entries."],
  [z.number().max(200), 201, "Must be at most 200."],
  [z.iso.datetime(), "yesterday", "Must be an ISO 8601 time, such as 2026-01-31T12:00:00Z."],
])("%#: what zod says is said in words for people: %3$j", (schema, value, message) => {
  expect(messagesOf(schema, value)).toEqual([message]);
});

test.each<[z.ZodType, unknown]>([
  [z.string("Choose one."), undefined],
  [z.string().min(8, "Choose one."), "short"],
  [z.email("Choose one."), "no address"],
  [z.string().refine(() => false, "Choose one."), ""],
])("%#: the sentence that a check brings along stays", (schema, value) => {
  expect(messagesOf(schema, value)).toEqual(["Choose one."]);
});

test("a field is named from where the checked value lies", () => {
  const { error } = z.object({ list: z.array(z.string()) }).safeParse({ list: ["a", 1] });
  expect(fieldErrors(error?.issues ?? [], ["data"])).toMatchObject([{ path: ["data", "list", 1] }]);
});

test("each field that is not known is named by itself, from where it lies", () => {
  const schema = z.object({ list: z.array(z.strictObject({ a: z.string() })) });
  const { error } = schema.safeParse({ list: [{ a: "a" }, { a: "a", b: 1, c: 2 }] });
  expect(fieldErrors(error?.issues ?? [])).toMatchObject([
    { path: ["list", 1, "b"], code: "unrecognized_keys" },
    { path: ["list", 1, "c"], message: expect.stringMatching(/no field of this name/) },
  ]);
});

const oneOrMore = z.union([z.enum(["a", "b"]), z.array(z.enum(["a", "b"]))]);

test.each<[unknown, (string | number)[], string]>([
  ["c", [], "Must be one of a, b."],
  [["a", "c"], [1], "Must be one of a, b."],
])("of several forms, the one that %j comes closest to says what is wrong", (value, path, message) => {
  const issues = oneOrMore.safeParse(value).error?.issues ?? [];
  expect(fieldErrors(issues)).toMatchObject([{ path, message }]);
});

test("several forms that say themselves what they are keep their sentence", () => {
  const scalar = z.union([z.string(), z.number()], "Must be a string or a number.");
  expect(fieldErrors(scalar.safeParse({}).error?.issues ?? [])).toMatchObject([
    { path: [], message: "Must be a string or a number." },
  ]);
});

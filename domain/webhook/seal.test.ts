import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { open, seal, UnknownKeyError } from "./seal";

const first = { id: "first", key: randomBytes(32) };
const second = { id: "second", key: randomBytes(32) };

test("what one ring sealed, a ring with that key opens", () => {
  const sealed = seal([first], "Zoë's secret", "owner");
  expect(sealed).not.toContain("Zoë");
  expect(open([second, first], sealed, "owner")).toBe("Zoë's secret");
});

test("sealing twice gives different text", () => {
  expect(seal([first], "secret", "owner")).not.toBe(seal([first], "secret", "owner"));
});

test("it opens for no other owner", () => {
  const sealed = seal([first], "secret", "owner");
  expect(() => open([first], sealed, "other")).toThrow();
});

test("a changed byte does not open", () => {
  const sealed = seal([first], "secret", "owner");
  const bytes = Buffer.from(sealed.slice("first:".length), "base64");
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(() => open([first], `first:${bytes.toString("base64")}`, "owner")).toThrow();
});

test("a missing key is named", () => {
  const sealed = seal([first], "secret", "owner");
  expect(() => open([second], sealed, "owner")).toThrow(UnknownKeyError);
  expect(() => open([second], sealed, "owner")).toThrow('"first"');
});

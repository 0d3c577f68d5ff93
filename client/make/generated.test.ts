import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { kinds } from "@/client/src/generated";
import { appRouter } from "@/server/api/router";
import { generatedText } from "./generated";

const manifest = (file: string) => JSON.parse(readFileSync(file, "utf8"));

test("the client's types are those of today's router and catalogue: `npm run client` makes them", () => {
  expect(readFileSync("client/src/generated.ts", "utf8")).toBe(generatedText());
});

test("every call that a key can make is there, but for what only people may ask", () => {
  const known = [...Object.keys(kinds), "events.publish", "live.deliveries"];
  const others = Object.keys(appRouter._def.procedures).filter((name) => !known.includes(name));
  expect(others.filter((name) => !name.startsWith("team."))).toEqual([
    "session.get",
    "notices.get",
    "notices.choose",
    "notices.sendConfirmation",
  ]);
});

test("nothing that only the dashboard asks for is among them", () => {
  expect(generatedText()).not.toMatch(/\bdetails\b|in_flight/);
});

test("the package has the product's version, and needs no other package", () => {
  const { version, dependencies, peerDependencies } = manifest("client/package.json");
  expect(version).toBe(manifest("package.json").version);
  expect({ dependencies, peerDependencies }).toEqual({});
});

import { expect, inject, test } from "vitest";
import { problemOf, visit } from "./visit";

test("a server of before Postgres 15 is refused, with its version and the one that it takes", () => {
  expect(problemOf({ version: 140_019, isReadOnly: false })).toBe(
    "Fanfare needs Postgres 15 or newer, and the server is of version 14",
  );
  expect(problemOf({ version: 150_000, isReadOnly: false })).toBeNull();
});

test("a server that is asked itself is not taken for a pooler", async () => {
  const address = { url: inject("postgresUrl"), setting: "DATABASE_URL" } as const;
  expect(await visit(address, async (_client, server) => server)).toMatchObject({
    isPooled: false,
    isReadOnly: false,
  });
});

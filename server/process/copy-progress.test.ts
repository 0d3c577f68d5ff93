import { expect, test } from "vitest";
import { copyProgress } from "./copy-progress";

test("a copy tells each second how far a table has come, how fast, and how long it will take", () => {
  let now = 0;
  const said: string[] = [];
  const tell = copyProgress(
    (line) => said.push(line),
    () => now,
  );
  const events = { doing: "copied" as const, table: "events", of: 10_000 };
  for (const rows of [1_000, 2_000, 3_000, 4_000]) {
    tell({ ...events, rows });
    now += 500;
  }
  tell({ doing: "copied", table: "users", rows: 2, of: 2 });
  expect(said).toEqual(["events: 3000 of 10000 rows copied, 2000/s, 4 s left", "users: 2 of 2 rows copied"]);
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Connection, connect } from "../connection/connection";
import { databaseFile } from "../connection/database-file";
import { migrateFile } from "../connection/migrate";
import { openAuthAdapter } from "./auth-adapter";

let dataDir: string;
let connection: Connection;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "fanfare-auth-"));
  migrateFile(dataDir);
  connection = connect(databaseFile(dataDir), Date.now);
});
afterEach(async () => {
  await connection.close();
  rmSync(dataDir, { recursive: true });
});

const ada = { name: "Ada", email: "ada@example.com", emailVerified: false };
const where = [{ field: "email", value: ada.email }];

test("a sign-up waits while another process writes", async () => {
  const adapter = openAuthAdapter(connection)({});
  const other = new Database(databaseFile(dataDir));
  other.exec("begin immediate");
  const created = adapter.create({ model: "user", data: ada });
  await nextTurn();
  expect(await adapter.findOne({ model: "user", where })).toBeNull();
  other.exec("commit");
  other.close();
  expect(await created).toMatchObject(ada);
  expect(await adapter.findOne({ model: "user", where })).toMatchObject(ada);
});

test("what better-auth does in sequence waits, too", async () => {
  const adapter = openAuthAdapter(connection)({});
  const other = new Database(databaseFile(dataDir));
  other.exec("begin immediate");
  const created = adapter.transaction((inside) => inside.create({ model: "user", data: ada }));
  await nextTurn();
  other.exec("commit");
  other.close();
  expect(await created).toMatchObject(ada);
});

test("a refusal that is no waiting matter is told at once", async () => {
  const adapter = openAuthAdapter(connection)({});
  await adapter.create({ model: "user", data: ada });
  await expect(adapter.create({ model: "user", data: ada })).rejects.toThrow(/UNIQUE/);
});

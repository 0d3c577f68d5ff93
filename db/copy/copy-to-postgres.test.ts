import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { is } from "drizzle-orm";
import { SQLiteTable } from "drizzle-orm/sqlite-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { newDatabase, runSql } from "@/testing/postgres-server";
import { ann } from "../actor.kit";
import { attempt, type Clock, claim, day, newCustomer, newWebhook, publish, runBy } from "../contract.kit";
import { openStore } from "../open";
import { keyMarkOf } from "../postgres/access/key-mark";
import { auditPostgres } from "../postgres/audit/audit";
import { connect } from "../postgres/connection/connection";
import { openPostgres } from "../postgres/open";
import { makeDatabase } from "../postgres/open.kit";
import { postgresStore } from "../postgres/store";
import { auditFile } from "../sqlite/audit/audit";
import { databaseFile } from "../sqlite/connection/database-file";
import { readMove } from "../sqlite/connection/moved";
import * as authTables from "../sqlite/schema/auth-tables";
import * as tables from "../sqlite/schema/tables";
import type { Store } from "../store";
import { type CopyOptions, copyToPostgres, type Progress } from "./copy-to-postgres";
import { lookAtAll, makeInstallation } from "./installation.kit";
import { twins } from "./twins";

let folder: string;
let madeAt: number;
const clock: Clock = { now: 0, jumpedMs: 0, doubts: [] };
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fanfare-copy-"));
  clock.now = Date.UTC(2026, 0, 1);
  await makeInstallation(join(folder, "made"), clock);
  madeAt = clock.now;
});
afterAll(() => rmSync(folder, { recursive: true }));

let dataDir: string;
let databaseUrl: string;
const open: Store[] = [];
beforeEach(async () => {
  clock.now = madeAt;
  dataDir = mkdtempSync(join(folder, "installation-"));
  cpSync(join(folder, "made"), dataDir, { recursive: true });
  databaseUrl = await newDatabase(inject("postgresUrl"));
});
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
});

const copy = (options: Partial<CopyOptions> = {}) =>
  copyToPostgres({
    dataDir,
    databaseUrl,
    databaseDirectUrl: null,
    assertOpens: () => {},
    mark: "k1:sealed",
    onProgress: () => {},
    ...options,
  });

async function openOriginal(): Promise<Store> {
  const original = mkdtempSync(join(folder, "original-"));
  cpSync(join(folder, "made"), original, { recursive: true });
  const { store } = await openStore({ dataDir: original, ...runBy(clock) });
  open.push(store);
  return store;
}

function openCopy(): Store {
  const store = postgresStore(connect({ url: databaseUrl, ...runBy(clock) }));
  open.push(store);
  return store;
}

/** One answer after the other, so that a failure shows which. */
function expectAlike(there: unknown[], here: unknown[]): void {
  expect(there).toHaveLength(here.length);
  for (const [index, answer] of here.entries()) expect(there[index]).toEqual(asStorable(answer));
}

/** Postgres has no U+0000 in its texts. */
function asStorable(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\0", "\ufffd");
  if (Array.isArray(value)) return value.map(asStorable);
  if (value === null || typeof value !== "object" || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asStorable(each)]));
}

/** Every row that there is, and the transaction that wrote it. */
const contentsOf = async (url: string) => {
  const names = await runSql(
    url,
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  return Promise.all(
    names.map(async ({ name }) => [
      name,
      await runSql(url, `select xmin::text, t::text from ${name} t order by 2`),
    ]),
  );
};

test("all tables of the schema are copied, but for the search index, which is made anew", () => {
  const { searchSegments: _, searchTerms: __, ...copied } = tables;
  const all = Object.values({ ...copied, ...authTables }).filter((table) => is(table, SQLiteTable));
  expect(new Set(twins.map(({ from }) => from)).size).toBe(all.length);
});

test("whatever is asked of the copy, it answers as the original", async () => {
  const { place, rows } = await copy();
  expect(place).toMatch(/^the database "test_\w+" on /);
  expect(rows).toBeGreaterThan(5_000);
  expectAlike(await lookAtAll(openCopy()), await lookAtAll(await openOriginal()));
  const found = auditFile(databaseFile(dataDir), { retentionMs: 300 * day, now: clock.now });
  for (const finding of await auditPostgres(databaseUrl, 300 * day)) expect(found).toContainEqual(finding);
  expect(
    await runSql(databaseUrl, 'select id, email_verified, created_at from users order by id collate "C"'),
  ).toEqual([
    { id: "Ben", email_verified: false, created_at: new Date(1760000000123) },
    { id: "ada", email_verified: true, created_at: new Date(1760000000123) },
    { id: "zoë", email_verified: false, created_at: new Date(1760000000123) },
  ]);
});

test("what was copied is in the partitions of its days", async () => {
  const sqlite = new Database(databaseFile(dataDir));
  sqlite.exec(`update events set created_at = created_at - ${3 * day} where key <= 3`);
  sqlite.close();
  await copy();
  for (const table of ["payloads", "attempts"]) {
    const places = await runSql(
      databaseUrl,
      `select tableoid::regclass::text as partition, day from ${table} group by 1, 2 order by 2`,
    );
    expect(places.length).toBe(2);
    expect(places).toEqual(places.map(({ day }) => ({ partition: `${table}_${day}`, day })));
  }
});

test("what was under way goes on there as it would have here", async () => {
  await copy();
  const stores = [await openOriginal(), openCopy()];
  const both = async (act: (store: Store) => Promise<unknown[]>) => {
    const [here, there] = [await act(stores[0] as Store), await act(stores[1] as Store)];
    expectAlike(there, here);
  };
  for (const store of stores) await store.endWorker("lost");
  let claimed = 0;
  for (const end of [200, 503, 200, "timeout", 200, 200, 422, 200] as const) {
    for (const store of stores) while (await store.maintain({ retentionMs: 300 * day, longestPauseMs: day }));
    await both(async (store) => {
      const claims = await claim(store);
      claimed += claims.length;
      await store.recordAttempts(claims.map((each) => attempt(each, end, clock.now)));
      return claims;
    });
    clock.now += 3_600_000;
  }
  await both(lookAtAll);
  expect(claimed).toBeGreaterThan(20);
});

test("rows, turns and changes are numbered on from where they were", async () => {
  const original = await openOriginal();
  const customer = (await original.listCustomers({ pageSize: 1 })).items[0]?.id ?? "";
  const { cursor } = await original.listChanges(customer, { after: null, limit: 1 });
  const sqlite = new Database(databaseFile(dataDir));
  sqlite.exec("update sqlite_sequence set seq = seq + 1000 where name = 'events'"); // those of rows that are gone
  const highest = sqlite.prepare("select seq from sqlite_sequence where name = 'events'").pluck().get();
  sqlite.close();
  await copy();
  const store = openCopy();
  const [id] = await publish(store, customer);
  const { items } = await store.listChanges(customer, { after: cursor, limit: 9 });
  expect(items.map(({ delivery }) => delivery.eventId)).toEqual([id]);
  const turns = "select max(turn) as turn from webhook_queue";
  const [before] = await runSql(databaseUrl, turns);
  await claim(store);
  const [after] = await runSql(databaseUrl, turns);
  expect(Number(after?.turn)).toBeGreaterThan(Number(before?.turn));
  const [{ key } = { key: 0 }] = await runSql(databaseUrl, `select key from events where id = '${id}'`);
  expect(Number(key)).toBeGreaterThan(Number(highest));
});

test("cut off at any moment, it goes on where it was", async () => {
  const cutAfter = async (calls: number): Promise<"cut" | "done"> => {
    let left = calls;
    const onProgress = () => {
      left -= 1;
      if (left < 0) throw new Error("cut");
    };
    return copy({ onProgress }).then(
      () => "done",
      (error) => (error.message === "cut" ? "cut" : Promise.reject(error)),
    );
  };
  let cuts = 0;
  while ((await cutAfter(4 + 12 * cuts)) === "cut") {
    cuts += 1;
    await expect(openPostgres({ databaseUrl })).rejects.toThrow("was begun and not ended");
    const connection = connect({ url: databaseUrl });
    await expect(keyMarkOf(connection).keep("k1:other")).rejects.toThrow("not ended");
    await connection.close();
    await (await openStore({ dataDir })).store.close();
  }
  expect(cuts).toBeGreaterThan(3);
  expectAlike(await lookAtAll(openCopy()), await lookAtAll(await openOriginal()));
});

test("cut off when only the last step was missing, neither can be used until it is made", async () => {
  await copy();
  await runSql(databaseUrl, `update key_marks set mark = 'copy ${readMove(dataDir)?.copyId}'`);
  await expect(openStore({ dataDir })).rejects.toThrow("was copied to Postgres");
  await expect(openPostgres({ databaseUrl })).rejects.toThrow("not ended");
  await copy();
  await (await openPostgres({ databaseUrl })).store.close();
});

test("what was done on SQLite after it was cut off is not missed", async () => {
  let left = 30;
  const onProgress = () => {
    left -= 1;
    if (left === 0) throw new Error("cut");
  };
  await expect(copy({ onProgress })).rejects.toThrow("cut");
  const { store } = await openStore({ dataDir, clock: () => clock.now });
  const customer = await newCustomer(store);
  await newWebhook(store, customer);
  const [id = ""] = await publish(store, customer);
  const [first] = (await store.listCustomers({ pageSize: 100 })).items.slice(-1);
  await store.deleteCustomer(first?.id ?? "", ann);
  await store.close();
  await copy();
  expect((await openCopy().getEvent(customer, id))?.traces).toHaveLength(1);
  expect(await openCopy().findCustomer(first?.id ?? "")).toBeNull();
});

test("afterwards the folder can be started no more, and says where its data is, without the password", async () => {
  const password = "hunter2";
  await copy({ databaseUrl: databaseUrl.replace("postgres@", `postgres:${password}@`) });
  const refusal = await openStore({ dataDir }).catch((error) => error.message);
  expect(refusal).toMatch(
    /was copied to Postgres, into the database "test_\w+" on \S+:5432: set DATABASE_URL/,
  );
  expect(refusal).not.toContain(password);
  await expect(copy()).rejects.toThrow("was copied to Postgres");
});

test("a server that goes away meanwhile is told in a sentence, and nothing is missing the next time", async () => {
  const others =
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
  let ending: Promise<unknown> | undefined;
  const onProgress = ({ table }: Progress) => {
    if (table === "events") ending ??= runSql(databaseUrl, others);
  };
  await expect(copy({ onProgress })).rejects.toThrow("The database went away");
  await ending;
  await copy();
  expectAlike(await lookAtAll(openCopy()), await lookAtAll(await openOriginal()));
});

test("a database with another installation in it, or anything in a table, is refused, and nothing changed", async () => {
  const mine = await makeDatabase();
  const rows = await makeDatabase();
  await runSql(mine, "insert into key_marks (mark) values ('k1:theirs')");
  await runSql(rows, "insert into customers (id, name, created_at) values ('x', 'X', 1)");
  for (const url of [mine, rows]) {
    const before = await contentsOf(url);
    await expect(copy({ databaseUrl: url })).rejects.toThrow("holds another installation already");
    expect(await contentsOf(url)).toEqual(before);
  }
  await (await openStore({ dataDir })).store.close();
});

test("a database with the beginning of another copy is refused, and nothing changed", async () => {
  const other = mkdtempSync(join(folder, "other-"));
  cpSync(join(folder, "made"), other, { recursive: true });
  const cut = () => {
    throw new Error("cut");
  };
  await expect(copy({ onProgress: cut })).rejects.toThrow("cut");
  const before = await contentsOf(databaseUrl);
  await expect(copy({ dataDir: other })).rejects.toThrow("the beginning of another copy");
  expect(await contentsOf(databaseUrl)).toEqual(before);
});

test("it is refused while anybody has the file open, and keeps all others out while it runs", async () => {
  const { store } = await openStore({ dataDir });
  await expect(copy()).rejects.toThrow(/still has .* open. Stop it everywhere/);
  expect(await runSql(databaseUrl, "select from pg_tables where schemaname = 'public'")).toEqual([]);
  await store.close();
  const refusals: Promise<unknown>[] = [];
  const onProgress = ({ table }: Progress) => {
    if (refusals.length === 0 && table === "events")
      refusals.push(openStore({ dataDir }).catch(({ message }) => message));
  };
  await copy({ onProgress });
  expect(await refusals[0]).toMatch(/^Another process keeps the database to itself/);
});

test("a secret that the keys do not open refuses it, before anything is changed", async () => {
  const checked: string[] = [];
  const assertOpens = (
    secret: string,
    { customerId, webhookId }: { customerId: string; webhookId: string },
  ) => {
    checked.push(`${customerId}/${webhookId}`);
    if (secret.startsWith("k1:")) throw new Error("k1 is absent");
  };
  await expect(copy({ assertOpens })).rejects.toThrow("k1 is absent");
  expect(checked).toHaveLength(1);
  expect(await runSql(databaseUrl, "select from pg_tables where schemaname = 'public'")).toEqual([]);
});

test("rows that are not the same in the end leave the original in use", async () => {
  let isSpoilt = false;
  const onProgress = async ({ doing, table, rows, of }: Progress) => {
    if (isSpoilt || doing !== "copied" || table !== "members" || rows < of) return;
    isSpoilt = true;
    spoiling = runSql(databaseUrl, "update members set created_at = created_at + 1");
  };
  let spoiling: Promise<unknown> = Promise.resolve();
  await expect(copy({ onProgress })).rejects.toThrow('The rows of "members" are not the same');
  await spoiling;
  await (await openStore({ dataDir })).store.close();
  await copy();
  expectAlike(await lookAtAll(openCopy()), await lookAtAll(await openOriginal()));
});

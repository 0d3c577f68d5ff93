#!/usr/bin/env bash
# PGlite 0.5.17 (Postgres 18.7): with a comparison as one key of an index, `(attempts > 0) = true` is looked up by that
# key, and `(attempts > 0) = false` is not: the planner turns it into `attempts <= 0` before it looks for indexes, reads
# rows of both kinds and sorts. SQLite 3.53 looks both up by the key. Two partial indexes serve both databases.
# Output seen (Node 20.20): Index Cond: ((webhook = 1) AND ((attempts > 0) = true))
#                     then: Sort / Sort Key: due / -> Seq Scan / Filter: ((attempts <= 0) AND (webhook = 1))
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @electric-sql/pglite@0.5.17 better-sqlite3@12.11.1
cat > see.mjs <<'JS'
import { deepStrictEqual } from "node:assert";
import { PGlite } from "@electric-sql/pglite";
import Database from "better-sqlite3";
const table = `
  create table delivery (webhook integer not null, attempts integer not null, due integer not null);
  create index delivery_due on delivery (webhook, (attempts > 0), due);`;
const question = (kind) => `select due from delivery where webhook = 1 and (attempts > 0) = ${kind} order by due limit 5`;

const postgres = await PGlite.create();
await postgres.exec(`${table} insert into delivery select 1, n % 2, n from generate_series(1, 20000) n; analyze`);
const version = (await postgres.query("show server_version")).rows[0].server_version;
const sqlite = new Database(":memory:");
sqlite.exec(table);
const insert = sqlite.prepare("insert into delivery values (1, ?, ?)");
for (let n = 1; n <= 20_000; n += 1) insert.run(n % 2, n);
sqlite.exec("analyze");

const seen = {};
for (const kind of ["true", "false"]) {
  const plan = (await postgres.query(`explain (costs off) ${question(kind)}`)).rows.map((row) => row["QUERY PLAN"]);
  const condition = plan.filter((line) => /Index Cond|Filter/.test(line)).map((line) => line.trim());
  const { detail } = sqlite.prepare(`explain query plan ${question(kind)}`).get();
  seen[kind] = { postgres: condition, sqlite: detail };
  console.log(`Postgres ${version}, ${kind}: ${plan.map((line) => line.trim()).join(" / ")}`);
  console.log(`SQLite, ${kind}: ${detail}`);
}
const usesKey = (kind) => seen[kind].postgres.some((line) => line.startsWith("Index Cond") && line.includes("attempts > 0"));
deepStrictEqual([usesKey("true"), usesKey("false")], [true, false]);
for (const kind of ["true", "false"]) deepStrictEqual(/due \(webhook=\? AND <expr>=\?\)$/.test(seen[kind].sqlite), true);
JS
node see.mjs

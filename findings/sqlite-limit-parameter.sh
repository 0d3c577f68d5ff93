#!/usr/bin/env bash
# better-sqlite3 12.11.1 (SQLite 3.53.2): a prepared statement whose LIMIT is a bare parameter, as query builders
# write it, is planned by the value that is bound, and so prepared anew on every call. Written as an expression
# (`limit ? + 0`), the same statement with the same answer takes a fraction: what is saved is the preparing.
# Output seen (Node 20.20): SQLite 3.53.2: limit ? 13.4 µs, limit ? + 0 6.2 µs: 2.2 times
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm init -y >/dev/null
npm install --no-audit --no-fund --silent better-sqlite3@12.11.1
cat > see.mjs <<'JS'
import { deepStrictEqual, ok } from "node:assert";
import Database from "better-sqlite3";
const db = new Database(":memory:");
db.exec(`
  create table hook (key integer primary key, owner integer not null, ends integer);
  create table queue (hook integer primary key references hook, ready integer);
  create index by_end on hook (ends) where ends is not null;
  create index by_owner on hook (owner);
`);
const select = (limit) => db.prepare(`
  select hook.key, queue.ready from hook inner join queue on queue.hook = hook.key
  where hook.ends is not null and hook.ends <= ? and hook.owner = ? order by hook.ends limit ${limit}`);
for (let key = 1; key <= 100; key += 1) {
  db.prepare("insert into hook values (?, ?, ?)").run(key, key % 3, key * 10);
  db.prepare("insert into queue values (?, ?)").run(key, key);
}
const statements = { "limit ?": select("?"), "limit ? + 0": select("? + 0") };
deepStrictEqual(...Object.values(statements).map((statement) => statement.all(500, 1, 2)));
const best = { "limit ?": Infinity, "limit ? + 0": Infinity };
for (let round = 0; round < 12; round += 1) {
  for (const [name, statement] of Object.entries(statements)) {
    const start = process.cpuUsage();
    for (let call = 0; call < 5_000; call += 1) statement.all(500, 1, 2);
    const { user, system } = process.cpuUsage(start);
    best[name] = Math.min(best[name], (user + system) / 5_000);
  }
}
const [bare, wrapped] = Object.values(best);
const version = db.prepare("select sqlite_version()").pluck().get();
console.log(`SQLite ${version}: limit ? ${bare.toFixed(1)} µs, limit ? + 0 ${wrapped.toFixed(1)} µs: ${(bare / wrapped).toFixed(1)} times`);
ok(bare / wrapped > 1.5);
JS
node see.mjs

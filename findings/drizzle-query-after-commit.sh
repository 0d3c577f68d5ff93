#!/usr/bin/env bash
# drizzle-orm 0.45.4: a query is sent when it is awaited, not when it is made, and not even when it is handed to
# Promise.all or allSettled before something else: it leaves one turn later than what a driver sends directly. Given
# together with a COMMIT to save a wait for the server, the query is executed after the commit, outside of the
# transaction, although its type is that of a Promise.
# Output seen:
#   order: begin | commit | insert into "t" ("n") values ($1)
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm init -y >/dev/null
npm install --no-audit --no-fund --silent drizzle-orm@0.45.4
cat > see.mjs <<'JS'
import { strictEqual } from "node:assert";
import { integer, pgTable } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/pg-proxy";
const sent = [];
const send = async (text) => {
  sent.push(text);
  return { rows: [] };
};
const db = drizzle(send);
const t = pgTable("t", { n: integer("n") });
await send("begin");
const query = db.insert(t).values({ n: 1 });
await Promise.all([query, send("commit")]);
console.log("order:", sent.join(" | "));
strictEqual(sent.indexOf("commit") < sent.findIndex((text) => text.startsWith("insert")), true);
JS
node see.mjs

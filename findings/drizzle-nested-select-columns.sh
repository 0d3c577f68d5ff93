#!/usr/bin/env bash
# drizzle-orm 0.45.4: in a select from one table, every column of the selected fields loses its table's name, also those
# of another table inside a nested sql`(select …)`. A condition that ties the inner rows to the outer row then compares
# two columns of the inner table: with columns of the same name it holds for every row or for none, no type and no
# database complains, and each outer row gets the same answer. In a select with a join the names stay, and it is right.
# Output seen:
#   alone:  select "id", (select max("at") from "visits" where "id" = "id") from "people"
#   joined: select "people"."id", (select max("visits"."at") from "visits" where "visits"."id" = "people"."id") from "people" inner join "teams" on true
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm init -y >/dev/null
npm install --no-audit --no-fund --silent drizzle-orm@0.45.4
cat > see.mjs <<'JS'
import { match } from "node:assert";
import { sql } from "drizzle-orm";
import { integer, QueryBuilder, sqliteTable } from "drizzle-orm/sqlite-core";
const people = sqliteTable("people", { id: integer("id") });
const visits = sqliteTable("visits", { id: integer("id"), at: integer("at") });
const teams = sqliteTable("teams", { id: integer("id") });
const fields = {
  id: people.id,
  last: sql`(select max(${visits.at}) from ${visits} where ${visits.id} = ${people.id})`,
};
const alone = new QueryBuilder().select(fields).from(people).toSQL().sql;
const joined = new QueryBuilder().select(fields).from(people).innerJoin(teams, sql`true`).toSQL().sql;
console.log(`alone:  ${alone}`);
console.log(`joined: ${joined}`);
match(alone, /where "id" = "id"/);
match(joined, /where "visits"\."id" = "people"\."id"/);
JS
node see.mjs

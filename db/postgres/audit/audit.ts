import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { type CheckName, checkNames, type Finding } from "../../finding";
import { assertNoBegunCopy } from "../connection/begun-copy";
import { assertSchema } from "../connection/migrate";
import { visit } from "../connection/visit";
import { checks } from "./audit-checks";

/** Runs every check on one snapshot of a database, which it cannot write to. Throws a StoreError when it cannot be used. */
export function auditPostgres(url: string, retentionMs: number): Promise<Finding[]> {
  return visit({ url, setting: "DATABASE_URL" }, async (client) => {
    await client.query("begin isolation level repeatable read read only");
    await assertSchema(drizzle(client));
    await assertNoBegunCopy(client);
    const { rows } = await client.query<{ now: string }>(
      "select (extract(epoch from clock_timestamp()) * 1000)::bigint as now",
    );
    const now = Number(rows[0]?.now);
    const findings: Finding[] = [];
    for (const name of checkNames)
      findings.push(await find(client, name, { now, keptSince: now - retentionMs }));
    return findings;
  });
}

type Times = { now: number; keptSince: number };

async function find(client: pg.Client, check: CheckName, { now, keptSince }: Times): Promise<Finding> {
  const violating = checks[check]
    .replaceAll(":now", `${now}::bigint`)
    .replaceAll(":keptSince", `${keptSince}::bigint`);
  const { rows } = await client.query<{ violations: string; example: string | null }>(
    `select count(*) as violations, min(example) as example from (${violating}) violating`,
  );
  const [{ violations, example } = { violations: "0", example: null }] = rows;
  return { check, violations: Number(violations), example };
}

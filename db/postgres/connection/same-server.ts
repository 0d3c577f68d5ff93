import { sql } from "drizzle-orm";
import type { Database } from "./connection";
import { onlyOne } from "./rows";

type Executor = Pick<Database, "execute">;

/** More than a server numbers transactions in years of thousands a second; a double counts thousands of such steps. */
const changesAhead = 1_000_000_000_000;

/**
 * Looks, in a transaction of whoever prepares the database, whether it is where it was when that was last done. On
 * another server, as after a dump was restored, transactions are numbered from the beginning, and on another timeline
 * of the same one, as after a restore to a point in time, some numbers are given out again. Changes then go on far
 * ahead: whoever followed them before sees what comes, and no recovery takes it for what it found. Does nothing where
 * the server does not tell who it is.
 */
export async function noticeAnotherServer(db: Executor): Promise<void> {
  if (!(await tells(db))) return;
  const before = await storedServer(db);
  const now = await thisServer(db);
  if (before?.system === now.system && before.timeline === now.timeline) return;
  // No change that is numbered as before may be committed after one that is numbered anew.
  await db.execute(sql`lock table deliveries in share row exclusive mode`);
  await db.execute(sql`
    insert into counters values ('server', ${now.system}::bigint), ('timeline', ${now.timeline}::bigint)
    on conflict (name) do update set value = excluded.value`);
  if (before)
    await db.execute(sql`insert into counters values ('change', ${changesAhead}::bigint)
      on conflict (name) do update set value = counters.value + excluded.value`);
}

/** What a server and its standbys have in common, and no other has; null where the server does not tell. */
export const systemOf = async (db: Executor): Promise<string | null> =>
  (await tells(db)) ? (await thisServer(db)).system : null;

/** As texts, because a system's number is longer than a double. */
type Server = { system: string; timeline: string };

async function tells(db: Executor): Promise<boolean> {
  const { rows } = await db.execute<{ it: boolean }>(sql`
    select has_function_privilege('pg_control_system()', 'execute')
      and has_function_privilege('pg_control_checkpoint()', 'execute') as it`);
  return onlyOne(rows).it;
}

async function thisServer(db: Executor): Promise<Server> {
  const { rows } = await db.execute<Server>(sql`
    select system_identifier::text as system, timeline_id::text as timeline
    from pg_control_system(), pg_control_checkpoint()`);
  return onlyOne(rows);
}

/** Undefined before the first time. */
async function storedServer(db: Executor): Promise<Server | undefined> {
  const { rows } = await db.execute<Server>(sql`
    select s.value::text as system, t.value::text as timeline
    from counters s join counters t on t.name = 'timeline' where s.name = 'server'`);
  return rows[0];
}

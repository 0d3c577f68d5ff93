import { sql } from "drizzle-orm";
import type { Database } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { codeOf } from "../connection/sqlstate";
import { dayMs, dayOf } from "../schema/day";
import { isOurTurn } from "./turn";

/*
 * Payloads and attempts are in partitions by the day of their event, which go as a whole. What is of a day that has none
 * is in those for all other days, payloads_default and attempts_default, and stays there.
 */

type Executor = Pick<Database, "execute">;
/** Runs something in a transaction of its own. */
type Write = (body: (db: Executor) => Promise<void>) => Promise<void>;

/** Some days, from one up to another that is not among them: null for all before. */
type Days = { from: number | null; to: number; payloads: string; attempts: string };

/** Made before they come, for as long as nobody may be there to make more. */
const daysAhead = 7;
/**
 * Whoever makes or drops a day waits no longer for those who use the tables, and then holds up others no longer: a long
 * reader would have all publishers wait behind it. What is not done then is tried again.
 */
const waitMs = 200;
/** For looking whether a day can go, which holds up nobody. */
const lookMs = 5_000;
/** Events that such a look reads. */
const lookedAt = 1_000;

/**
 * That it takes too long, is not allowed to this user, is named like or covered by something else, or that the day has
 * come before it was made (https://www.postgresql.org/docs/current/errcodes-appendix.html). Nothing depends on it.
 */
const forLater = new Set(["55P03", "57014", "40P01", "42501", "42P07", "42P17", "23514"]);

/** Today and the next ones. */
export const daysFrom = (now: number): number[] =>
  Array.from({ length: daysAhead + 1 }, (_, index) => dayOf(now) + index);

/** Makes the partitions of these days that are missing, as far as it can be done now. */
export async function makeDays(db: Executor, write: Write, days: number[]): Promise<void> {
  const made = await listDays(db);
  const missing = days.filter((day) => !made.some(({ from, to }) => (from ?? day) <= day && day < to));
  for (const day of missing) await tryTo(() => write((tx) => makeDay(tx, day)));
}

/**
 * Drops the days before `cutoff` of which no event is left, and with them what their events have left behind; those,
 * too, that only a clock has been at that was far ahead.
 */
export async function dropDays(
  db: Executor,
  write: Write,
  { now, cutoff }: { now: number; cutoff: number },
): Promise<void> {
  const isOver = ({ from, to }: Days) => to * dayMs <= cutoff || (from ?? 0) > dayOf(now) + daysAhead;
  for (const days of (await listDays(db)).filter(isOver)) await tryTo(() => write((tx) => drop(tx, days)));
}

async function tryTo(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (!forLater.has(codeOf(error) ?? "")) throw error;
  }
}

async function makeDay(db: Executor, day: number): Promise<void> {
  if (!(await isOurTurn(db))) return;
  await limit(db, waitMs);
  const schema = await schemaOf(db);
  for (const parent of ["payloads", "attempts"]) {
    const name = `${schema}.${parent}_${day}`;
    // To attach one lets others use the parent meanwhile, to make it as a part would not.
    await db.execute(sql.raw(`create table ${name} (like ${parent} including all)`));
    await db.execute(
      sql.raw(`alter table ${parent} attach partition ${name} for values from (${day}) to (${day + 1})`),
    );
  }
}

/** Whoever writes an event of the day at this moment has its payload in the partition already, or elsewhere. */
async function drop(db: Executor, days: Days): Promise<void> {
  if (!(await isOurTurn(db))) return;
  await limit(db, lookMs);
  if (await mayHaveEvents(db, days)) return;
  await limit(db, waitMs);
  await db.execute(sql`lock table only payloads, only attempts in access exclusive mode`);
  if (await mayHaveEvents(db, days)) return;
  await db.execute(sql.raw(`drop table ${days.payloads}, ${days.attempts}`));
}

/** Among the keys of its payloads: where others of other days are still too many to tell, they go first. */
async function mayHaveEvents(db: Executor, { from, to, payloads }: Days): Promise<boolean> {
  const keys = sql.raw(payloads);
  const { rows } = await db.execute<{ day: number }>(sql`
    select day from events
    where key >= (select min(event_key) from ${keys}) and key <= (select max(event_key) from ${keys})
    order by key limit ${lookedAt}`);
  return rows.length === lookedAt || rows.some(({ day }) => (from ?? day) <= day && day < to);
}

/** For the transaction. */
async function limit(db: Executor, ms: number): Promise<void> {
  await db.execute(sql.raw(`set local lock_timeout = ${waitMs}`));
  await db.execute(sql.raw(`set local statement_timeout = ${ms}`));
}

/** Where the tables are, which need not be where this user's own are made. */
async function schemaOf(db: Executor): Promise<string> {
  const { rows } = await db.execute<{ schema: string }>(
    sql`select relnamespace::regnamespace::text as schema from pg_class where oid = 'payloads'::regclass`,
  );
  return onlyOne(rows).schema;
}

/** What Postgres says of a partition. */
const bounds = /^FOR VALUES FROM \((?:MINVALUE|'?(-?\d+)'?)\) TO \('?(-?\d+)'?\)$/;

async function listDays(db: Executor): Promise<Days[]> {
  const partitionsOf = (parent: string) => sql`
    select c.oid::regclass::text as name, pg_get_expr(c.relpartbound, c.oid) as bounds
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = ${parent}::regclass`;
  const { rows } = await db.execute<{ bounds: string; payloads: string; attempts: string }>(sql`
    select p.bounds, p.name as payloads, a.name as attempts
    from (${partitionsOf("payloads")}) p join (${partitionsOf("attempts")}) a using (bounds)`);
  return rows.flatMap(({ bounds: text, ...names }) => {
    const [, from, to] = bounds.exec(text) ?? [];
    return to === undefined
      ? []
      : [{ from: from === undefined ? null : Number(from), to: Number(to), ...names }];
  });
}

import { sql } from "drizzle-orm";
import type { Database } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { dayMs, dayOf } from "../schema/day";
import { type Tried, tryTo, type Write, worstOf } from "./try-later";

/*
 * Payloads, attempts and what finds payloads are in partitions by the day of their event, which go as a whole. What is of
 * a day that has none is in those for all other days, such as payloads_default, and stays there.
 */

type Executor = Pick<Database, "execute">;

/** The tables that are in partitions, in the order in which they are locked. */
const parents = ["payloads", "attempts", "search_terms"] as const;

/** Some days, from one up to another that is not among them: null for all before. Each parent's partition by its name. */
type Days = { from: number | null; to: number; parts: Record<(typeof parents)[number], string> };

/** Made before they come, for as long as nobody may be there to make more. */
const daysAhead = 7;
/** From the day after tomorrow on: nothing comes of such a day for as long as it takes to make it. */
const safelyAhead = 2;
/**
 * Whoever makes or drops a day waits no longer for those who use the tables, and then holds up others no longer: a long
 * reader would have all publishers wait behind it. What is not done then is tried again.
 */
const waitMs = 200;
/** For looking whether a day can go, which holds up nobody. */
const lookMs = 5_000;
/** Events that such a look reads. */
const lookedAt = 1_000;
/** For looking through what is in no day's partition, which holds up nobody but a vacuum; that gives way after 1 s. */
const scan = { waitMs: 5_000, ms: 10_000 };

/** Makes the partitions of today and the next days that are missing, as far as it can be done now. */
export function makeNextDays(db: Executor, write: Write, now: number): Promise<Tried> {
  const today = dayOf(now);
  const days = Array.from({ length: daysAhead + 1 }, (_, index) => today + index);
  return makeDays(db, write, days, today + safelyAhead);
}

/** The same for any days. Of those from `safelyFrom` on nothing comes meanwhile. */
export async function makeDays(
  db: Executor,
  write: Write,
  days: number[],
  safelyFrom: number,
): Promise<Tried> {
  const tried: Tried[] = [];
  for (const day of await missingOf(db, days)) tried.push(await make(write, day, day >= safelyFrom));
  return worstOf(tried);
}

/**
 * Drops the days before `cutoff` of which no event is left, and with them what their events have left behind; those,
 * too, that only a clock has been at that was far ahead.
 */
export async function dropDays(
  db: Executor,
  write: Write,
  { now, cutoff }: { now: number; cutoff: number },
): Promise<Tried> {
  const isOver = ({ from, to }: Days) => to * dayMs <= cutoff || (from ?? 0) > dayOf(now) + daysAhead;
  const tried: Tried[] = [];
  for (const days of (await listDays(db)).filter(isOver))
    tried.push(await tryTo(write, (tx) => drop(tx, days)));
  return worstOf(tried);
}

/**
 * Postgres has to know that nothing of the day is in the default partition, and would look through all of that while
 * nobody else can use it. One that is far enough is kept out of it before, so that it can be looked through meanwhile
 * (https://www.postgresql.org/docs/current/ddl-partitioning.html, about ATTACH PARTITION).
 */
async function make(write: Write, day: number, isSafe: boolean): Promise<Tried> {
  const steps = isSafe ? [keepOut, lookThrough, attach] : [attach];
  for (const step of steps) {
    const tried = await tryTo(write, (tx) => step(tx, day));
    if (tried === "done") continue;
    await tryTo(write, letIn);
    return tried;
  }
  return "done";
}

async function missingOf(db: Executor, days: number[]): Promise<number[]> {
  const made = await listDays(db);
  return days.filter((day) => !made.some(({ from, to }) => (from ?? day) <= day && day < to));
}

/** Until it is made, or let in again: what comes of it is refused. */
async function keepOut(db: Executor, day: number): Promise<void> {
  await limit(db, waitMs);
  for (const parent of parents)
    await db.execute(
      sql.raw(`alter table ${parent}_default drop constraint if exists day_ahead,
        add constraint day_ahead check (day < ${day} or day >= ${day + 1}) not valid`),
    );
}

async function lookThrough(db: Executor): Promise<void> {
  await limit(db, scan.ms, scan.waitMs);
  for (const parent of parents)
    await db.execute(sql.raw(`alter table ${parent}_default validate constraint day_ahead`));
}

async function letIn(db: Executor): Promise<void> {
  await limit(db, waitMs);
  for (const parent of parents)
    await db.execute(sql.raw(`alter table ${parent}_default drop constraint if exists day_ahead`));
}

async function attach(db: Executor, day: number): Promise<void> {
  await limit(db, waitMs);
  const [missing] = await missingOf(db, [day]);
  if (missing === undefined) return letIn(db); // another worker has made it meanwhile
  const schema = await schemaOf(db);
  for (const parent of parents) {
    const name = `${schema}.${parent}_${day}`;
    // To attach one lets others use the parent meanwhile, to make it as a part would not.
    await db.execute(sql.raw(`create table ${name} (like ${parent} including all)`));
    await db.execute(
      sql.raw(`alter table ${parent} attach partition ${name} for values from (${day}) to (${day + 1})`),
    );
  }
  await letIn(db);
}

/** Whoever writes an event of the day at this moment has its payload in the partition already, or elsewhere. */
async function drop(db: Executor, days: Days): Promise<void> {
  await limit(db, lookMs);
  if (await mayHaveEvents(db, days)) return;
  await limit(db, waitMs);
  await db.execute(
    sql.raw(`lock table ${parents.map((parent) => `only ${parent}`).join(", ")} in access exclusive mode`),
  );
  if (await mayHaveEvents(db, days)) return;
  await db.execute(sql.raw(`drop table ${Object.values(days.parts).join(", ")}`));
}

/** Among the keys of its payloads: where others of other days are still too many to tell, they go first. */
async function mayHaveEvents(db: Executor, { from, to, parts }: Days): Promise<boolean> {
  const keys = sql.raw(parts.payloads);
  const { rows } = await db.execute<{ day: number }>(sql`
    select day from events
    where key >= (select min(event_key) from ${keys}) and key <= (select max(event_key) from ${keys})
    order by key limit ${lookedAt}`);
  return rows.length === lookedAt || rows.some(({ day }) => (from ?? day) <= day && day < to);
}

/** For the transaction. */
async function limit(db: Executor, ms: number, lockMs = waitMs): Promise<void> {
  await db.execute(sql.raw(`set local lock_timeout = ${lockMs}`));
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
  const { rows } = await db.execute<{ bounds: string; parts: Days["parts"] }>(sql`
    select pg_get_expr(c.relpartbound, c.oid) as bounds,
      json_object_agg(parent.relname, c.oid::regclass::text) as parts
    from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class parent on parent.oid = i.inhparent
    where i.inhparent in (${sql.join(
      parents.map((parent) => sql`${parent}::regclass`),
      sql`, `,
    )})
    group by bounds having count(*) = ${parents.length}`);
  return rows.flatMap(({ bounds: text, parts }) => {
    const [, from, to] = bounds.exec(text) ?? [];
    return to === undefined
      ? []
      : [{ from: from === undefined ? null : Number(from), to: Number(to), parts }];
  });
}

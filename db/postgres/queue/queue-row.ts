import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Moves } from "@/domain/delivery/balance";
import type { QueueState } from "@/domain/webhook/queue-state";
import { systemWebhookId } from "../../rows/system-webhook";
import type { Database } from "../connection/connection";
import { statement } from "../connection/statement";
import { webhookQueue } from "../schema/tables";
import { candidateLimit } from "./ready-webhooks";

/*
 * Keeps the queue rows of webhooks true: `readyAt` is the first due time of what waits, and no earlier than its limit
 * has a token, or than the next probe while the breaker is open, which is at once when somebody asked for one; null when
 * nothing waits.
 *
 * Whoever changes deliveries calls `lockQueues` before anything here, in a statement of its own: one that waits for a
 * row sees that row anew, but deliveries as they were when it began. All webhooks of a transaction are locked at once,
 * so that two transactions never wait for one another.
 */

/**
 * In which they are locked: by key, and the platform's own last. What it is told of others' webhooks is written by who
 * has these already.
 */
export const queueOrder = sql`order by webhook_key = (
  select platform.key from webhooks platform where platform.id = ${systemWebhookId}), webhook_key`;

/** Makes these queues this transaction's until it ends. */
export async function lockQueues(db: Database, webhookKeys: Iterable<number>): Promise<void> {
  const keys = [...new Set(webhookKeys)];
  if (keys.length > 0) await lock(db, { keys });
}

const lock =
  statement(sql`select from webhook_queue where webhook_key = any(${sql.placeholder("keys")}::bigint[])
  ${queueOrder} for update`);

/** Those of all webhooks of customers. */
export async function lockQueuesOf(db: Database, customerKeys: number[]): Promise<void> {
  await db.execute(
    sql`select from webhook_queue where customer_key = any(${sql.param(customerKeys)}::bigint[]) ${queueOrder}
      for update`,
  );
}

/** By how much the numbers of a webhook's deliveries change, by their status (see counters). */
const movesGiven = sql`pending integer, delivered integer, failed integer, cancelled integer`;
const moved = sql`pending = q.pending + coalesce(g.pending, 0), delivered = q.delivered + coalesce(g.delivered, 0),
  failed = q.failed + coalesce(g.failed, 0), cancelled = q.cancelled + coalesce(g.cancelled, 0)`;

export type Refreshed = { webhookKey: number; moves?: Moves };

/**
 * After anything that changed the due times or the status of deliveries. A webhook that is deleted by now has no row
 * here: what moved of it is for `moveFormer`.
 */
export async function refreshQueues(db: Database, queues: Refreshed[]): Promise<void> {
  const rows = queues.map(({ webhookKey, moves }) => ({ webhookKey, ...moves }));
  if (rows.length > 0) await refresh(db, { queues: JSON.stringify(rows) });
}

const refresh = updateOf(
  sql`select q.webhook_key, g.pending, g.delivered, g.failed, g.cancelled, q.opened_at, q.probe_at, q.rate_next_at
    from ${given(sql`"webhookKey" bigint, ${movesGiven}`)}
    join webhook_queue q on q.webhook_key = g."webhookKey"`,
  moved,
);

export type Saved = { webhookKey: number; queue: QueueState; moves?: Moves };

/** Writes what was decided of them, and refreshes them. */
export async function saveQueues(db: Database, queues: Saved[]): Promise<void> {
  const rows = queues.map(({ webhookKey, queue: { pending, ...queue }, moves }) => ({
    webhookKey,
    ...queue,
    ...moves,
  }));
  if (rows.length > 0) await save(db, { queues: JSON.stringify(rows) });
}

const save = updateOf(
  sql`select g."webhookKey" as webhook_key, g."openedAt" as opened_at, g."probeAt" as probe_at,
      g."rateNextAt" as rate_next_at, g.*
    from ${given(sql`"webhookKey" bigint, ${movesGiven}, "isPaused" boolean, failures json,
      "succeededAt" bigint, "openedAt" bigint, "probesMade" integer, "isProbeRefused" boolean, "probeDelayMs" integer,
      "probeAt" bigint, "isDraining" boolean, drain integer, "ratePerSecond" float8, "rateNextAt" float8`)}`,
  sql`${moved}, is_paused = g."isPaused", failures = g.failures,
    succeeded_at = g."succeededAt", opened_at = g.opened_at, probes_made = g."probesMade",
    is_probe_refused = g."isProbeRefused", probe_delay_ms = g."probeDelayMs", is_draining = g."isDraining",
    drain = g.drain, rate_per_second = g."ratePerSecond", rate_next_at = g.rate_next_at`,
);

export type Served = { webhookKey: number; count: number; probeAt: number | null; rateNextAt: number };

/**
 * `count` deliveries of each got their turn, in this order. While one of them is the probe, `probeAt` is the time before
 * which there is no other; `rateNextAt` is when their limit has the next token.
 */
export async function serveQueues(db: Database, queues: Served[]): Promise<void> {
  if (queues.length === 0) return;
  await serve(db, { queues: JSON.stringify(queues.map((queue, place) => ({ ...queue, place }))) });
}

/** A claim takes as many turns as it can serve queues, so that one number stands for all of them. */
const serve = updateOf(
  sql`select q.webhook_key, taken.turn * ${sql.raw(String(candidateLimit))} + g.place as turn, g.count, q.opened_at,
      coalesce(g."probeAt", q.probe_at) as probe_at, g."rateNextAt" as rate_next_at
    from ${given(sql`"webhookKey" bigint, place integer, count integer, "probeAt" bigint, "rateNextAt" float8`)}
    join webhook_queue q on q.webhook_key = g."webhookKey" cross join taken`,
  sql`turn = g.turn, drained = q.drained + g.count, rate_next_at = g.rate_next_at`,
  sql`with taken as materialized (select nextval('turns') as turn)`,
);

/**
 * A probe came to nothing: the next one may go at `next`, if it was this one, whose lease ends at `leaseEnd`, that kept
 * it waiting. Call before `refreshQueues`.
 */
export async function probeAgain(
  db: Database,
  webhookKey: number,
  leaseEnd: number,
  next: number,
): Promise<void> {
  await db.update(webhookQueue).set({ probeAt: next }).where(isProbe(webhookKey, leaseEnd));
}

/** The same for a probe that told nothing of the endpoint: the next one goes after the same pause. */
export async function probeLater(
  db: Database,
  webhookKey: number,
  leaseEnd: number,
  now: number,
): Promise<void> {
  const probeAt = sql`${now}::bigint + ${webhookQueue.probeDelayMs}`;
  await db.update(webhookQueue).set({ probeAt }).where(isProbe(webhookKey, leaseEnd));
}

const isProbe = (webhookKey: number, leaseEnd: number) =>
  and(eq(webhookQueue.webhookKey, webhookKey), eq(webhookQueue.probeAt, leaseEnd));

/** What a statement is given, as rows of `g`. */
function given(columns: SQL): SQL {
  return sql`json_to_recordset(${sql.placeholder("queues")}::json) as g(${columns})`;
}

/**
 * `from` has a row a queue, with the `opened_at` and `probe_at` it is to have. What somebody asked for waits for no
 * probe delay, but for the end of a probe in flight, which is dated by its lease.
 */
function updateOf(from: SQL, set: SQL, before = sql``) {
  // Behind `offset 0` each is found once, and not wherever it is named.
  return statement(sql`
    ${before} update webhook_queue q set ${set}, probe_at = probe.at,
      ready_at = case when first.at is not null then
        greatest(first.at, case when g.opened_at is null then ceil(g.rate_next_at)::bigint else probe.at end) end
    from (${from}) g
    cross join lateral (
      select case when g.opened_at is null or exists (
        select from deliveries d where d.webhook_key = g.webhook_key and d.leased_by is not null
          and d.due_at = g.probe_at and d.status = 'pending' and not d.is_test and d.leased_reason = 'probe'
      ) then g.probe_at else least(g.probe_at, (
        select min(d.due_at) from deliveries d
        where d.webhook_key = g.webhook_key and d.status = 'pending' and d.is_asked_again and d.leased_by is null
      )) end as at
      offset 0
    ) probe
    cross join lateral (${firstDue()} offset 0) first
    where q.webhook_key = g.webhook_key`);
}

/**
 * Each kind from the low end of an index of its own: what was not tried yet, what was, and what is in flight until its
 * lease ends. In order and to the first, or Postgres may read all that ever was there.
 */
function firstDue(): SQL {
  return sql`select least(${firstOf("d.leased_by is null and not (d.attempts > 0)")},
    ${firstOf("d.leased_by is null and d.attempts > 0")}, ${firstOf("d.leased_by is not null")}) as at`;
}

function firstOf(kind: string): SQL {
  return sql`(select d.due_at from deliveries d
    where d.webhook_key = g.webhook_key and d.status = 'pending' and d.is_test = false and ${sql.raw(kind)}
    order by d.due_at limit 1)`;
}

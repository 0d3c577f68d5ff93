import { type SQL, sql } from "drizzle-orm";
import { pickDraining, pickProbe } from "@/domain/queue/pick";
import type { Database } from "../connection/connection";
import { groupBy } from "../connection/rows";
import { findHeldKinds } from "./held-kinds";

type Queue = {
  webhookKey: number;
  isOpen: boolean;
  probesMade: number;
  isProbeRefused: boolean;
  isDraining: boolean;
  drained: number;
  /** How many to look for. */
  asked: number;
};

/**
 * Finds what is due of webhooks, in the order in which it should go: what finds the probe while the breaker is open,
 * else as many as are asked for. First those that were refused with the other secret just now: what they are answered
 * decides how the others are signed. By webhook.
 */
export async function findDue(db: Database, queues: Queue[], now: number): Promise<Map<number, number[]>> {
  const due = new Map<number, number[]>();
  const closed = queues.filter(({ isOpen }) => !isOpen);
  const open = queues.filter(({ isOpen }) => isOpen);
  if (closed.length > 0) {
    const found = await findKinds(db, closed, now);
    for (const queue of closed) due.set(queue.webhookKey, pick(queue, found));
  }
  if (open.length > 0) {
    const keys = open.map(({ webhookKey }) => webhookKey);
    const held = await findHeldKinds(db, keys, now);
    for (const queue of open) {
      const { second, ...kinds } = held(queue.webhookKey);
      const probe = second[0]?.key ?? pickProbe(kinds, queue);
      due.set(queue.webhookKey, probe === undefined ? [] : [probe]);
    }
  }
  return due;
}

type Kind = "second" | "oldest" | "newest";
type Found = (webhookKey: number, kind: Kind) => number[];

function pick({ webhookKey, isDraining, drained, asked }: Queue, found: Found): number[] {
  const second = found(webhookKey, "second");
  const oldest = found(webhookKey, "oldest");
  const others =
    isDraining && oldest.length === asked
      ? pickDraining(oldest, found(webhookKey, "newest"), drained, asked)
      : oldest;
  return second.length === 0 ? others : [...new Set([...second, ...others])].slice(0, asked);
}

/**
 * Each kind in the order of an index, and no further than it is asked for. Of what is due at the same moment, what was
 * never tried goes first, then what was, then what was lost: the newest are sorted from the other end, but for that.
 */
async function findKinds(db: Database, queues: Queue[], now: number): Promise<Found> {
  const asked = queues.map(({ webhookKey, asked, isDraining }) => ({ webhookKey, asked, isDraining }));
  const { rows } = await db.execute<{ webhook_key: string; kind: Kind; key: string }>(sql`
    select q."webhookKey" as webhook_key, due.kind, due.key
    from json_to_recordset(${JSON.stringify(asked)}::json)
      as q("webhookKey" bigint, asked integer, "isDraining" boolean)
    cross join lateral (
      (select 'second' as kind, d.key, d.due_at as at, 0 as rank, d.key as place from deliveries d
        where d.webhook_key = q."webhookKey" and d.status = 'pending' and d.signs_with is not null
          and d.due_at <= ${now} order by d.due_at, d.key limit q.asked)
      union all (select 'oldest', o.key, o.due_at, o.rank, o.key from (${dueOf(now, sql`asc`)}) o
        order by o.due_at, o.rank, o.key limit q.asked)
      union all (select 'newest', n.key, -n.due_at, n.rank, -n.key from (${dueOf(now, sql`desc`)}) n
        where q."isDraining" order by n.due_at desc, n.rank, n.key desc limit q.asked)
    ) due
    order by due.at, due.rank, due.place`);
  const found = groupBy(rows, ({ webhook_key, kind }) => `${kind} ${webhook_key}`);
  return (webhookKey, kind) => (found.get(`${kind} ${webhookKey}`) ?? []).map(({ key }) => Number(key));
}

/** What waits is in an index of what was never tried and one of what was; what was lost, in that of what is in flight. */
function dueOf(now: number, order: SQL): SQL {
  const kinds = ["d.leased_by is null and not (d.attempts > 0)", "d.leased_by is null and d.attempts > 0"];
  const all = [...kinds, "d.leased_by is not null"].map(
    (kind, rank) => sql`(select d.key, d.due_at, ${sql.raw(String(rank))} as rank from deliveries d
      where d.webhook_key = q."webhookKey" and d.status = 'pending' and d.is_test = false and ${sql.raw(kind)}
        and d.due_at <= ${now} order by d.due_at ${order}, d.key ${order} limit q.asked)`,
  );
  return sql.join(all, sql` union all `);
}

/** Those of the webhooks of which something is due. */
export async function findWithDue(db: Database, webhookKeys: number[], now: number): Promise<Set<number>> {
  if (webhookKeys.length === 0) return new Set();
  const { rows } = await db.execute<{ webhook_key: string }>(sql`
    select q."webhookKey" as webhook_key
    from (select key as "webhookKey", 1 as asked from unnest(${sql.param(webhookKeys)}::bigint[]) as given(key)) q
    where exists (${dueOf(now, sql`asc`)})`);
  return new Set(rows.map(({ webhook_key }) => Number(webhook_key)));
}

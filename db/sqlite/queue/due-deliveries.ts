import { and, asc, desc, eq, lte, sql } from "drizzle-orm";
import { pickDraining, pickProbe } from "@/domain/queue/pick";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { deliveries } from "../schema/tables";
import { heldKinds } from "./held-kinds";

type Queue = {
  webhookKey: number;
  isOpen: boolean;
  probesMade: number;
  isProbeRefused: boolean;
  isDraining: boolean;
  drained: number;
};

/** Finds what is due of a webhook, in the order in which it should go. */
export function dueDeliveries(connection: Connection) {
  const { db } = connection;
  // Conditions of partial indexes are written out: for a parameter, SQLite would prepare anew on every call.
  const isDue = and(
    eq(deliveries.webhookKey, sql.placeholder("webhookKey")),
    sql`${deliveries.status} = 'pending' and ${deliveries.isTest} = 0`,
    lte(deliveries.dueAt, sql.placeholder("now")),
  );
  const due = () => db.select({ key: deliveries.key }).from(deliveries).where(isDue);
  const limit = sql.placeholder("limit");
  const selectOldest = hotSelect(connection, due().orderBy(asc(deliveries.dueAt)).limit(limit));
  const selectNewest = hotSelect(connection, due().orderBy(desc(deliveries.dueAt)).limit(limit));
  const selectSecond = hotSelect(
    connection,
    db
      .select({ key: deliveries.key })
      .from(deliveries)
      .where(
        and(
          eq(deliveries.webhookKey, sql.placeholder("webhookKey")),
          sql`${deliveries.status} = 'pending' and ${deliveries.signsWith} is not null`,
          lte(deliveries.dueAt, sql.placeholder("now")),
        ),
      )
      .orderBy(asc(deliveries.dueAt))
      .limit(limit),
  );
  const held = heldKinds(connection);

  return {
    /**
     * The probe while the breaker is open, else up to `limit` deliveries. First those that were refused with the other
     * secret just now: what they are answered decides how the others are signed.
     */
    find(queue: Queue, limit: number, now: number): number[] {
      const where = { webhookKey: queue.webhookKey, now, limit };
      const second = keysOf(selectSecond.all(where));
      if (queue.isOpen) {
        const probe = second[0] ?? pickProbe(held(queue.webhookKey, now), queue);
        return probe === undefined ? [] : [probe];
      }
      const others = findOthers(queue, where);
      return second.length === 0 ? others : [...new Set([...second, ...others])].slice(0, limit);
    },

    isAny: (webhookKey: number, now: number) => selectOldest.get({ webhookKey, now, limit: 1 }) !== undefined,
  };

  function findOthers(queue: Queue, where: { webhookKey: number; now: number; limit: number }): number[] {
    const oldest = keysOf(selectOldest.all(where));
    if (!queue.isDraining || oldest.length < where.limit) return oldest;
    return pickDraining(oldest, keysOf(selectNewest.all(where)), queue.drained, where.limit);
  }
}

const keysOf = (rows: { key: number }[]) => rows.map(({ key }) => key);

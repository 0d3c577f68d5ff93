import { and, asc, desc, eq, lte, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/sqlite-core";
import { pickDraining, pickProbe } from "@/domain/queue/pick";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { deliveries, isTried } from "../schema/tables";
import { heldKinds } from "./held-kinds";

type Queue = {
  webhookKey: number;
  isOpen: boolean;
  probesMade: number;
  isProbeRefused: boolean;
  isDraining: boolean;
  drained: number;
};

type Where = { webhookKey: number; now: number; limit: number };
export type Find = (queue: Queue, limit: number) => number[];

/** Finds what is due of a webhook, in the order in which it should go. */
export function dueDeliveries(connection: Connection) {
  const { db } = connection;
  // Conditions of partial indexes are written out: for a parameter, SQLite would prepare anew on every call.
  const due = (kind: SQL) =>
    db
      .select({ key: deliveries.key, dueAt: deliveries.dueAt })
      .from(deliveries)
      .where(
        and(
          eq(deliveries.webhookKey, sql.placeholder("webhookKey")),
          sql`${deliveries.status} = 'pending' and ${deliveries.isTest} = 0 and ${kind}`,
          lte(deliveries.dueAt, sql.placeholder("now")),
        ),
      );
  const waits = sql`${deliveries.leasedBy} is null and ${isTried(deliveries)}`;
  const isLost = sql`${deliveries.leasedBy} is not null`;
  // Each in the order of an index: SQLite merges them, and reads no more than it answers.
  const all = () => unionAll(due(sql`${waits} = 0`), due(sql`${waits} = 1`), due(isLost));
  const limit = sql.placeholder("limit");
  const selectOldest = hotSelect(
    connection,
    all()
      .orderBy(({ dueAt }) => asc(dueAt))
      .limit(limit),
  );
  const selectNewest = hotSelect(
    connection,
    all()
      .orderBy(({ dueAt }) => desc(dueAt))
      .limit(limit),
  );
  const isSecond = sql`${deliveries.status} = 'pending' and ${deliveries.signsWith} is not null`;
  const second = () => db.select({ key: deliveries.key }).from(deliveries).$dynamic();
  const selectSecond = hotSelect(
    connection,
    second()
      .where(
        and(
          eq(deliveries.webhookKey, sql.placeholder("webhookKey")),
          isSecond,
          lte(deliveries.dueAt, sql.placeholder("now")),
        ),
      )
      .orderBy(asc(deliveries.dueAt))
      .limit(limit),
  );
  const selectAnySecond = hotSelect(connection, second().where(isSecond).limit(1));
  const held = heldKinds(connection);

  return {
    /**
     * What finds the probe while the breaker is open, else up to `limit` deliveries. First those that were refused with
     * the other secret just now: what they are answered decides how the others are signed.
     */
    finder(now: number): Find {
      const isAnySecond = selectAnySecond.get({}) !== undefined;
      return (queue, limit) => find(queue, { webhookKey: queue.webhookKey, now, limit }, isAnySecond);
    },

    isAny: (webhookKey: number, now: number) => selectOldest.get({ webhookKey, now, limit: 1 }) !== undefined,
  };

  function find(queue: Queue, where: Where, isAnySecond: boolean): number[] {
    const second = isAnySecond ? keysOf(selectSecond.all(where)) : [];
    if (queue.isOpen) {
      const probe = second[0] ?? pickProbe(held(queue.webhookKey, where.now), queue);
      return probe === undefined ? [] : [probe];
    }
    const others = findOthers(queue, where);
    return second.length === 0 ? others : [...new Set([...second, ...others])].slice(0, where.limit);
  }

  function findOthers(queue: Queue, where: Where): number[] {
    const oldest = keysOf(selectOldest.all(where));
    if (!queue.isDraining || oldest.length < where.limit) return oldest;
    return pickDraining(oldest, keysOf(selectNewest.all(where)), queue.drained, where.limit);
  }
}

const keysOf = (rows: { key: number }[]) => rows.map(({ key }) => key);

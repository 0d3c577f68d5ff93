import { and, asc, eq, gt, isNotNull, lte, sql } from "drizzle-orm";
import { fullPlaces, type Places } from "@/domain/queue/places";
import type { Connection } from "../connection/connection";
import { hotSelect, hotStatement } from "../connection/hot-statement";
import { webhookQueue } from "../schema/tables";

/** Webhooks that one claim looks at. The others come first the next time, since these were served. */
const candidateLimit = 256;

/** Finds the webhooks of which something may be claimed, and notes that they were served. */
export function readyWebhooks(connection: Connection) {
  const { db } = connection;
  const now = sql.placeholder("now");
  // Conditions of partial indexes are written out: for a parameter, SQLite would prepare anew on every call.
  const ready = and(isNotNull(webhookQueue.readyAt), sql`${webhookQueue.isPaused} = 0`);
  const isReady = hotSelect(
    connection,
    db
      .select({ one: sql<number>`1` })
      .from(webhookQueue)
      .where(and(ready, lte(webhookQueue.readyAt, now)))
      .limit(1),
  );
  const selectCandidates = hotSelect(
    connection,
    db
      .select({
        webhookKey: webhookQueue.webhookKey,
        customerKey: webhookQueue.customerKey,
        isOpen: sql<boolean>`${webhookQueue.openedAt} is not null`.mapWith(Boolean),
        isDraining: webhookQueue.isDraining,
        drain: webhookQueue.drain,
        drained: webhookQueue.drained,
        probesMade: webhookQueue.probesMade,
        isProbeRefused: webhookQueue.isProbeRefused,
        ratePerSecond: webhookQueue.ratePerSecond,
        rateNextAt: webhookQueue.rateNextAt,
      })
      .from(webhookQueue)
      .where(
        and(
          ready,
          lte(webhookQueue.readyAt, now),
          sql`${webhookQueue.webhookKey} not in (select value from json_each(${sql.placeholder("fullWebhooks")}))`,
          sql`${webhookQueue.customerKey} not in (select value from json_each(${sql.placeholder("fullCustomers")}))`,
          // Lists that are looked up: one that is walked for each webhook would take the product of both.
          sql`not (${webhookQueue.isDraining}
            and ${webhookQueue.webhookKey} in (select value from json_each(${sql.placeholder("busyWebhooks")}))
            and (${webhookQueue.webhookKey}, ${webhookQueue.drain}) not in
              (select value ->> 0, value ->> 1 from json_each(${sql.placeholder("roomyDrains")})))`,
        ),
      )
      .orderBy(asc(webhookQueue.turn), asc(webhookQueue.readyAt), asc(webhookQueue.webhookKey))
      .limit(candidateLimit),
  );
  const nextReady = hotSelect(
    connection,
    db
      .select({ at: webhookQueue.readyAt })
      .from(webhookQueue)
      .where(and(ready, gt(webhookQueue.readyAt, now)))
      .orderBy(asc(webhookQueue.readyAt))
      .limit(1),
  );
  const endDrain = hotStatement(
    connection,
    db
      .update(webhookQueue)
      .set({ isDraining: false })
      .where(eq(webhookQueue.webhookKey, sql.placeholder("webhookKey"))),
  );

  return {
    isAny: (at: number) => isReady.get({ now: at }) !== undefined,

    /** In the order of their turns, those with a free place. */
    find: (places: Places, at: number) => selectCandidates.all({ now: at, ...inJson(fullPlaces(places)) }),

    nextAt: (at: number): number | null | undefined => nextReady.get({ now: at })?.at,

    endDrain(webhookKey: number): void {
      endDrain.run({ webhookKey });
    },

    /** Of a subscription that has lapsed: nothing of it is claimed until upkeep ends it. */
    hold(webhookKey: number): void {
      db.update(webhookQueue).set({ isPaused: true }).where(eq(webhookQueue.webhookKey, webhookKey)).run();
    },
  };
}

const inJson = (lists: Record<string, unknown[]>) =>
  Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, JSON.stringify(list)]));

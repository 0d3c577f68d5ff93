import { and, eq, gt, sql } from "drizzle-orm";
import { toDelivery } from "../../rows/delivery";
import type { Delivery } from "../../store";
import type { Connection } from "../connection/connection";
import { allPausedAt } from "../platform/delivery-pause";
import { deliveries, events, webhookQueue, webhooks } from "../schema/tables";

/** Deliveries with what it takes to say how they stand: the event's id, the webhook and its queue. */
export function deliveryRows({ db }: Connection) {
  return db
    .select({
      delivery: deliveries,
      eventId: events.id,
      timestamp: events.createdAt,
      webhook: {
        key: webhooks.key,
        id: webhooks.id,
        url: webhooks.url,
        isActive: webhooks.isActive,
        pausedAt: webhooks.pausedAt,
        pausedUntil: webhooks.pausedUntil,
        listenerHeardAt: webhooks.listenerHeardAt,
        deletedAt: webhooks.deletedAt,
      },
      openedAt: webhookQueue.openedAt,
      probeAt: webhookQueue.probeAt,
      ratePerSecond: webhookQueue.ratePerSecond,
      rateNextAt: webhookQueue.rateNextAt,
      allPausedAt,
    })
    .from(deliveries)
    .innerJoin(events, eq(events.key, deliveries.eventKey))
    .innerJoin(webhooks, eq(webhooks.key, deliveries.webhookKey))
    .leftJoin(webhookQueue, eq(webhookQueue.webhookKey, deliveries.webhookKey))
    .$dynamic();
}

type Row = ReturnType<ReturnType<typeof deliveryRows>["all"]>[number];

/** Says how deliveries of one customer stand now. */
export function deliveryReader(
  connection: Connection,
): <R extends Row>(rows: R[]) => { row: R; delivery: Delivery }[] {
  const { db, clock } = connection;
  // The plus keeps SQLite to the index of what is in flight: any other is of the whole history.
  const selectInFlight = db
    .select({ key: deliveries.key })
    .from(deliveries)
    .where(
      and(
        sql`${deliveries.leasedBy} is not null and +${deliveries.customerKey} = ${sql.placeholder("customerKey")}`,
        gt(deliveries.dueAt, sql.placeholder("now")),
        eq(deliveries.isTest, false),
      ),
    )
    .limit(1)
    .prepare();

  return (rows) => {
    const now = clock();
    let isBusy: boolean | undefined;
    const isCustomerBusy = (customerKey: number) => {
      isBusy ??= selectInFlight.get({ customerKey, now }) !== undefined;
      return isBusy;
    };
    return rows.map((row) => ({
      row,
      delivery: toDelivery(row, now, () => isCustomerBusy(row.delivery.customerKey)),
    }));
  };
}

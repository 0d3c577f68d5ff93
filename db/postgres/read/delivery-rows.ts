import { and, eq, gt, sql } from "drizzle-orm";
import { toDelivery } from "../../rows/delivery";
import type { Delivery } from "../../store";
import type { Database, Transaction } from "../connection/connection";
import { allPausedAt } from "../platform/delivery-pause";
import { deliveries, events, webhookQueue, webhooks } from "../schema/tables";

/** Deliveries with what it takes to say how they stand: the event's id, the webhook and its queue. */
export function deliveryRows(db: Database) {
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

export type DeliveryRow = Awaited<ReturnType<typeof deliveryRows>>[number];

/** Says how deliveries of one customer stand at `now`. */
export async function readDeliveries<Row extends DeliveryRow>(
  { db, now }: Transaction,
  rows: Row[],
): Promise<{ row: Row; delivery: Delivery }[]> {
  const [waiting] = rows.filter(({ delivery }) => delivery.status === "pending" && delivery.dueAt <= now);
  const isBusy = waiting !== undefined && (await isCustomerBusy(db, waiting.delivery.customerKey, now));
  return rows.map((row) => ({ row, delivery: toDelivery(row, now, () => isBusy) }));
}

/** Whether requests of a customer are under way. */
async function isCustomerBusy(db: Database, customerKey: number, now: number): Promise<boolean> {
  const { key, leasedBy, isTest, dueAt } = deliveries;
  const inFlight = await db
    .select({ key })
    .from(deliveries)
    .where(
      and(
        sql`${leasedBy} is not null and ${isTest} = false`,
        eq(deliveries.customerKey, customerKey),
        gt(dueAt, now),
      ),
    )
    .limit(1);
  return inFlight.length > 0;
}

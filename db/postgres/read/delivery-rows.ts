import { and, eq, gt, isNotNull } from "drizzle-orm";
import { toDelivery } from "../../rows/delivery";
import type { Delivery } from "../../store";
import type { Database, Transaction } from "../connection/connection";
import { deliveries, events, webhookQueue, webhooks } from "../schema/tables";

/** Deliveries with what it takes to say how they stand: the event's id, the webhook and its queue. */
export const deliveryRows = (db: Database) =>
  db
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
        deletedAt: webhooks.deletedAt,
      },
      openedAt: webhookQueue.openedAt,
      probeAt: webhookQueue.probeAt,
    })
    .from(deliveries)
    .innerJoin(events, eq(events.key, deliveries.eventKey))
    .innerJoin(webhooks, eq(webhooks.key, deliveries.webhookKey))
    .leftJoin(webhookQueue, eq(webhookQueue.webhookKey, deliveries.webhookKey))
    .$dynamic();

type Row = Awaited<ReturnType<typeof deliveryRows>>[number];

/** Says how deliveries of one customer stand at `now`. */
export async function readDeliveries<R extends Row>(
  { db, now }: Transaction,
  rows: R[],
): Promise<{ row: R; delivery: Delivery }[]> {
  const customerKey = rows[0]?.delivery.customerKey;
  const isBusy = customerKey !== undefined && (await isCustomerBusy({ db, now }, customerKey));
  return rows.map((row) => ({ row, delivery: toDelivery(row, now, () => isBusy) }));
}

/** Whether requests of it are under way. */
async function isCustomerBusy({ db, now }: Transaction, customerKey: number): Promise<boolean> {
  const [row] = await db
    .select({ key: deliveries.key })
    .from(deliveries)
    .innerJoin(webhooks, eq(webhooks.key, deliveries.webhookKey))
    .where(
      and(
        eq(webhooks.customerKey, customerKey),
        isNotNull(deliveries.leasedBy),
        gt(deliveries.dueAt, now),
        eq(deliveries.isTest, false),
      ),
    )
    .limit(1);
  return row !== undefined;
}

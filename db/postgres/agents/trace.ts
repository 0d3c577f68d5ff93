import { and, eq, inArray } from "drizzle-orm";
import { audienceKeys } from "@/domain/agent/audience";
import { whyNotSent } from "../../rows/agent-trace";
import { toSubscription } from "../../rows/subscription";
import type { AgentTrace } from "../../store/subscriptions";
import type { Database, Transaction } from "../connection/connection";
import { deliveryRows, readDeliveries } from "../read/delivery-rows";
import { deliveries, events } from "../schema/tables";
import { findOwner } from "./audiences";
import { listLiving, newestKey } from "./subscription-reader";

/** What became of a customer's event for each of its subscriptions to the type, newest first. */
export async function traceForAgents(
  tx: Transaction,
  customerId: string,
  eventId: string,
): Promise<AgentTrace[]> {
  const owner = await findOwner(tx.db, customerId);
  const [event] = owner ? await findEvents(tx.db, [owner.key], eventId) : [];
  if (!owner || !event || event.isTest) return [];
  const newestEvent = await newestKey(tx.db);
  const asking = (await listLiving(tx, owner.agents)).filter(
    ({ webhook }) => webhook.subscription?.name === event.type,
  );
  if (asking.length === 0) return [];
  const ofAudiences = await findEvents(tx.db, audienceKeys(owner.agents), eventId);
  const sent = await findSent(tx, ofAudiences);
  const skipped = ofAudiences.flatMap((each) => each.skipped);
  return asking.map((row) => {
    const delivery = sent.get(row.webhook.key) ?? null;
    const why = delivery ? null : whyNotSent({ key: event.key, skipped }, row.webhook);
    return { subscription: toSubscription(row, newestEvent, tx.now), delivery, why };
  });
}

const findEvents = (db: Database, customerKeys: number[], id: string) =>
  db
    .select({ key: events.key, type: events.type, isTest: events.isTest, skipped: events.skipped })
    .from(events)
    .where(and(inArray(events.customerKey, customerKeys), eq(events.id, id)));

/** By the webhook that it was sent to. */
async function findSent(tx: Transaction, ofAudiences: { key: number }[]) {
  if (ofAudiences.length === 0) return new Map();
  const keys = ofAudiences.map(({ key }) => key);
  const read = await readDeliveries(tx, await deliveryRows(tx.db).where(inArray(deliveries.eventKey, keys)));
  return new Map(read.map(({ row, delivery }) => [row.webhook.key, delivery]));
}

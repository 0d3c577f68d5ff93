import { and, asc, eq, lte, sql } from "drizzle-orm";
import { webhookAttached } from "@/domain/audit/webhook";
import { toClaim } from "../../rows/claim";
import type { ListenerStore, Taken, Taking } from "../../store";
import { audit } from "../access/audit-log";
import type { Connection, Database, Transaction } from "../connection/connection";
import { readPayloads } from "../read/payloads";
import { deliveries, deliveryPause, events, webhooks } from "../schema/tables";
import { lockWebhook } from "../webhook/lock-webhook";
import { findWebhook } from "../webhook/webhook-finder";
import { findDue } from "./due-deliveries";
import { findTarget, takeDeliveries } from "./lease";
import { lockQueues, refreshQueues } from "./queue-row";
import { isPendingTest } from "./test-claims";

/** Listeners, whose deliveries no worker claims: their queues stay paused, and tests are left to them. */
export function listenerVerbs({ db, write, now }: Connection): ListenerStore {
  return {
    attachListener: (customerId, webhookId, { session, forwardsTo }, by) =>
      write(async (tx) => {
        const webhook = (await lockWebhook(tx.db, customerId, webhookId))?.webhook;
        if (!webhook || webhook.listenerName === null) return null;
        await tx.db
          .update(webhooks)
          .set({ listenerSession: session, listenerForwardsTo: forwardsTo, listenerHeardAt: tx.now })
          .where(eq(webhooks.key, webhook.key));
        await audit(tx, webhook.customerKey, webhookAttached(webhook, forwardsTo), by);
        return { before: webhook.listenerSession ?? "" };
      }),
    takeForListener: (taking, request) => write((tx) => take(tx, taking, request)),
    findTaken: async (taking, eventId) => find(db, await now(), taking, eventId),
  };
}

async function findListener(db: Database, { customerId, webhookId }: Taking) {
  const webhook = await findWebhook(db, customerId, webhookId);
  return webhook && webhook.listenerName !== null ? webhook : null;
}

/** Deliveries before queues, and these before the webhook's own row: in the order of all who write of them. */
async function take(
  tx: Transaction,
  taking: Taking,
  { limit, leaseMs }: { limit: number; leaseMs: number },
): Promise<Taken[] | "taken_over" | null> {
  const { db, now } = tx;
  const webhook = await findListener(db, taking);
  if (!webhook) return null;
  if (webhook.listenerSession !== taking.session) return "taken_over";
  const { key: webhookKey } = webhook;
  const tests = await findTests(tx, webhookKey, limit);
  const others = (await isAllPaused(db)) ? [] : await findOthers(tx, webhookKey, limit - tests.length);
  const wanted = [
    { webhookKey, keys: tests, reason: "test" as const },
    { webhookKey, keys: others, reason: null },
  ].filter(({ keys }) => keys.length > 0);
  const taken = await takeDeliveries(tx, wanted, { workerId: taking.session, leaseMs });
  if (wanted.length > 0) {
    await lockQueues(db, [webhookKey]);
    await refreshQueues(db, [{ webhookKey }]);
  }
  await db.update(webhooks).set({ listenerHeardAt: now }).where(eq(webhooks.key, webhookKey));
  return taken.flatMap(({ claims }) => claims).map((claim) => ({ claim, takenAt: now }));
}

async function findTests({ db, now }: Transaction, webhookKey: number, limit: number): Promise<number[]> {
  const rows = await db
    .select({ key: deliveries.key })
    .from(deliveries)
    .where(
      and(
        isPendingTest,
        sql`${deliveries.triedUrl} is null`,
        lte(deliveries.dueAt, now),
        eq(deliveries.webhookKey, webhookKey),
      ),
    )
    .orderBy(asc(deliveries.dueAt), asc(deliveries.key))
    .limit(limit);
  return rows.map(({ key }) => key);
}

async function findOthers({ db, now }: Transaction, webhookKey: number, asked: number): Promise<number[]> {
  return (await findDue(db, [{ webhookKey, ...unheld, asked }], now)).get(webhookKey) ?? [];
}

const unheld = { isOpen: false, probesMade: 0, isProbeRefused: false, isDraining: false, drained: 0 };

async function isAllPaused(db: Database): Promise<boolean> {
  return (await db.select({ only: deliveryPause.only }).from(deliveryPause)).length > 0;
}

async function find(db: Database, now: number, taking: Taking, eventId: string): Promise<Taken | null> {
  const webhook = await findListener(db, taking);
  const target = webhook && (await findTarget(db, webhook.key));
  if (!target) return null;
  const [row] = await db
    .select({ delivery: deliveries, eventId: events.id, createdAt: events.createdAt, day: events.day })
    .from(events)
    .innerJoin(deliveries, eq(deliveries.eventKey, events.key))
    .where(
      and(
        eq(events.customerKey, webhook.customerKey),
        eq(events.id, eventId),
        eq(deliveries.webhookKey, webhook.key),
        eq(deliveries.leasedBy, taking.session),
        eq(deliveries.status, "pending"),
      ),
    );
  if (!row) return null;
  const { delivery, createdAt, day } = row;
  const payload = (await readPayloads(db, [{ eventKey: delivery.eventKey, day }])).get(delivery.eventKey);
  if (payload === undefined) return null;
  const claim = toClaim(
    {
      delivery: { ...delivery, lease: delivery.lease - 1 }, // as it was before it was leased
      event: { eventId, createdAt, payload },
      webhook: target,
      queue: target,
    },
    { reason: delivery.leasedReason, after: null, now },
  );
  return { claim, takenAt: delivery.leasedAt ?? now };
}

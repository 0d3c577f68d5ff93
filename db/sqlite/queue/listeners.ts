import { and, asc, eq, lte, sql } from "drizzle-orm";
import { webhookAttached } from "@/domain/audit/webhook";
import { toClaim } from "../../rows/claim";
import type { ListenerStore } from "../../store";
import { auditWriter } from "../access/audit-log";
import type { Connection } from "../connection/connection";
import { findPause } from "../platform/delivery-pause";
import { deliveries, events, webhooks } from "../schema/tables";
import { webhookFinder } from "../webhook/webhook-finder";
import { dueDeliveries } from "./due-deliveries";
import { leasesOf } from "./lease";
import { queueRows } from "./queue-row";

/** Listeners, whose deliveries no worker claims: their queues stay paused, and tests are left to them. */
export function listenerVerbs(connection: Connection): ListenerStore {
  const { db, write, clock } = connection;
  const findWebhook = webhookFinder(connection);
  const audit = auditWriter(connection);
  const leases = leasesOf(connection);
  const due = dueDeliveries(connection);
  const queue = queueRows(connection);
  const findListener = (customerId: string, webhookId: string) => {
    const webhook = findWebhook(customerId, webhookId);
    return webhook && webhook.listenerName !== null ? webhook : null;
  };

  return {
    attachListener: (customerId, webhookId, { session, forwardsTo }, by) =>
      write(() => {
        const webhook = findListener(customerId, webhookId);
        if (!webhook) return null;
        db.update(webhooks)
          .set({ listenerSession: session, listenerForwardsTo: forwardsTo, listenerHeardAt: clock() })
          .where(eq(webhooks.key, webhook.key))
          .run();
        audit(webhook.customerKey, webhookAttached(webhook, forwardsTo), by);
        return { before: webhook.listenerSession ?? "" };
      }),

    takeForListener: ({ customerId, webhookId, session }, { limit, leaseMs }) =>
      write(() => {
        const webhook = findListener(customerId, webhookId);
        if (!webhook) return null;
        if (webhook.listenerSession !== session) return "taken_over";
        const now = clock();
        db.update(webhooks).set({ listenerHeardAt: now }).where(eq(webhooks.key, webhook.key)).run();
        const target = leases.findWebhook(webhook.key);
        const lessee = { workerId: session, leaseMs };
        const tests = findTests(webhook.key, now, limit);
        const others = findPause(connection) === null ? findDue(webhook.key, now, limit - tests.length) : [];
        if (tests.length + others.length === 0) return [];
        const claims = [
          ...leases.take(tests, target, "test", lessee, now),
          ...leases.take(others, target, null, lessee, now),
        ];
        queue.refresh(webhook.key);
        return claims.flatMap((claim) => (claim ? [{ claim, takenAt: now }] : []));
      }),

    async findTaken({ customerId, webhookId, session }, eventId) {
      const webhook = findListener(customerId, webhookId);
      const target = webhook && leases.findWebhook(webhook.key);
      if (!target) return null;
      const row = db
        .select({
          delivery: deliveries,
          eventId: events.id,
          createdAt: events.createdAt,
          payload: events.payload,
        })
        .from(events)
        .innerJoin(deliveries, eq(deliveries.eventKey, events.key))
        .where(
          and(
            eq(events.customerKey, webhook.customerKey),
            eq(events.id, eventId),
            eq(deliveries.webhookKey, webhook.key),
            eq(deliveries.leasedBy, session),
            eq(deliveries.status, "pending"),
          ),
        )
        .get();
      if (!row) return null;
      const { delivery, ...event } = row;
      const now = clock();
      const claim = toClaim(
        // As it was before it was leased.
        {
          delivery: { ...delivery, lease: delivery.lease - 1 },
          event,
          webhook: target.webhook,
          queue: target,
        },
        { reason: delivery.leasedReason, after: null, now },
      );
      return { claim, takenAt: delivery.leasedAt ?? now };
    },
  };

  function findTests(webhookKey: number, now: number, limit: number): number[] {
    return db
      .select({ key: deliveries.key })
      .from(deliveries)
      .where(
        and(
          sql`${deliveries.status} = 'pending' and ${deliveries.isTest} = 1 and ${deliveries.triedUrl} is null`,
          lte(deliveries.dueAt, now),
          // The plus keeps SQLite to the index of waiting tests: the other one is of the webhook's whole history.
          sql`+${deliveries.webhookKey} = ${webhookKey}`,
        ),
      )
      .orderBy(asc(deliveries.dueAt))
      .limit(limit)
      .all()
      .map(({ key }) => key);
  }

  function findDue(webhookKey: number, now: number, limit: number): number[] {
    return due.finder(now)({ webhookKey, ...unheld }, limit);
  }
}

const unheld = { isOpen: false, probesMade: 0, isProbeRefused: false, isDraining: false, drained: 0 };

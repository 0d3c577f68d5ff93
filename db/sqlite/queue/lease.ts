import { and, eq, isNotNull, sql } from "drizzle-orm";
import { afterLoss } from "@/domain/delivery/lost";
import { toClaim } from "../../rows/claim";
import type { Claim, Lessee } from "../../store";
import type { Connection } from "../connection/connection";
import { given, hotSelect, hotStatement } from "../connection/hot-statement";
import { sequencesOf } from "../connection/sequences";
import { cancelled } from "../read/deliveries";
import { customers, deliveries, events, webhookQueue, webhooks } from "../schema/tables";
import { lostAttempts } from "./lost";
import { queueRows } from "./queue-row";
import { redelivery } from "./redelivery";

/** Makes due deliveries one worker's, and gives them back. Only inside `write`. */
export function leasesOf(connection: Connection) {
  const { db, clock } = connection;
  const sequences = sequencesOf(connection);
  const queue = queueRows(connection);
  const lost = lostAttempts(connection);
  const again = redelivery(connection);
  const inKeys = sql`${deliveries.key} in (select value from json_each(${sql.placeholder("keys")}))`;
  const selectDeliveries = hotSelect(
    connection,
    db
      .select({
        delivery: {
          key: deliveries.key,
          webhookKey: deliveries.webhookKey,
          eventType: deliveries.eventType,
          isTest: deliveries.isTest,
          triedUrl: deliveries.triedUrl,
          attempts: deliveries.attempts,
          tries: deliveries.tries,
          lostInARow: deliveries.lostInARow,
          lease: deliveries.lease,
          leasedBy: deliveries.leasedBy,
          leasedAt: deliveries.leasedAt,
          leasedReason: deliveries.leasedReason,
          nextReason: deliveries.nextReason,
          isAskedAgain: deliveries.isAskedAgain,
          refusal: deliveries.refusal,
          signsWith: deliveries.signsWith,
        },
        eventId: events.id,
        createdAt: events.createdAt,
        payload: events.payload,
      })
      .from(deliveries)
      .innerJoin(events, eq(events.key, deliveries.eventKey))
      .where(inKeys),
  );
  const selectWebhook = hotSelect(
    connection,
    db
      .select({
        webhook: {
          key: webhooks.key,
          customerKey: webhooks.customerKey,
          id: webhooks.id,
          subscriptionId: webhooks.subscriptionId,
          expiresAt: webhooks.expiresAt,
          url: webhooks.url,
          secret: webhooks.secret,
          previousSecret: webhooks.previousSecret,
          previousSecretUntil: webhooks.previousSecretUntil,
          signsWith: webhooks.signsWith,
          headers: webhooks.headers,
          timeoutMs: webhooks.timeoutMs,
          clientCertificate: webhooks.clientCertificate,
          clientKey: webhooks.clientKey,
          version: webhooks.version,
        },
        succeededAt: webhookQueue.succeededAt,
        isDraining: webhookQueue.isDraining,
        drain: webhookQueue.drain,
        customerId: customers.id,
      })
      .from(webhooks)
      .innerJoin(customers, eq(customers.key, webhooks.customerKey))
      .innerJoin(webhookQueue, eq(webhookQueue.webhookKey, webhooks.key))
      .where(eq(webhooks.key, sql.placeholder("key"))),
  );
  const lease = hotStatement(
    connection,
    db
      .update(deliveries)
      .set({
        lease: sql`${deliveries.lease} + 1`,
        dueAt: given("until", deliveries.dueAt),
        leasedBy: given("workerId", deliveries.leasedBy),
        leasedAt: given("now", deliveries.leasedAt),
        leasedReason: sql`coalesce(${sql.placeholder("reason")}, ${deliveries.nextReason})`,
        isAskedAgain: false,
      })
      .where(inKeys),
  );

  return { findWebhook, take, tell, release };

  /** The webhook that a claim is for, as it is now; undefined when it is deleted. */
  function findWebhook(key: number) {
    return selectWebhook.get({ key });
  }

  /** Leases deliveries of one webhook; null for each that its lost attempts ended, or that its webhook is gone. */
  function take(
    keys: number[],
    target: ReturnType<typeof findWebhook>,
    reason: "test" | "probe" | null,
    request: Lessee,
    at: number,
  ): (Claim | null)[] {
    const rows = new Map(
      selectDeliveries.all({ keys: JSON.stringify(keys) }).map((row) => [row.delivery.key, row]),
    );
    const claims = keys.map((key) => {
      const row = rows.get(key);
      if (!row) throw new Error("A due delivery has no row.");
      return claimOf(row, target, reason, at);
    });
    const taken = claims.flatMap((claim) => (claim ? [claim.delivery] : []));
    lease.run({
      keys: JSON.stringify(taken),
      now: at,
      until: at + request.leaseMs,
      workerId: request.workerId,
      reason,
    });
    return claims;
  }

  function claimOf(
    { delivery, eventId, createdAt, payload }: ReturnType<typeof selectDeliveries.all>[number],
    target: ReturnType<typeof findWebhook>,
    reason: "test" | "probe" | null,
    at: number,
  ): Claim | null {
    const wasLost = delivery.leasedBy !== null;
    const after = wasLost ? afterLoss(delivery) : null;
    if (wasLost) lost.record(delivery, at);
    if (after === "anew") again.sendAgain(delivery.key, true, at);
    if (!target && !wasLost) {
      cancelTest(delivery.key, at);
      return null;
    }
    if (!target || after === "end") {
      lost.end(delivery, at);
      return null;
    }
    const event = { eventId, createdAt, payload };
    return toClaim({ delivery, event, webhook: target.webhook, queue: target }, { reason, after, now: at });
  }

  /** One that waited when its webhook was deleted. Nothing else is claimed past queues, and nothing counts tests. */
  function cancelTest(key: number, now: number): void {
    db.update(deliveries)
      .set({ ...cancelled(now), change: sequences.take("change", 1) })
      .where(eq(deliveries.key, key))
      .run();
  }

  /** People see that it is in flight. */
  function tell(claim: Claim, change: number): void {
    db.update(deliveries).set({ change }).where(isHeldBy(claim)).run();
  }

  function release(claim: Claim): void {
    const isOurs = isHeldBy(claim);
    const held = db.select({ dueAt: deliveries.dueAt }).from(deliveries).where(isOurs).get();
    if (!held) return;
    const now = clock();
    if (claim.isAsked || again.isAskedAgain(claim)) again.sendAgain(claim.delivery, true, now);
    db.update(deliveries)
      .set({ dueAt: now, leasedBy: null, leasedAt: null, leasedReason: null })
      .where(isOurs)
      .run();
    if (claim.reason === "probe") queue.probeAgain(claim.webhook.key, held.dueAt, now);
    queue.refresh(claim.webhook.key);
  }
}

/** The delivery, as long as its lease is this claim's. */
const isHeldBy = (claim: Claim) =>
  and(eq(deliveries.key, claim.delivery), eq(deliveries.lease, claim.lease), isNotNull(deliveries.leasedBy));

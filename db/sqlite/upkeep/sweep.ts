import { and, asc, eq, gt, inArray, isNotNull, lt, notExists, or, sql } from "drizzle-orm";
import { moved } from "@/domain/delivery/balance";
import { rollupKeptMs } from "@/domain/delivery/rollup";
import { markLimits, noticeLimits } from "@/domain/limits";
import { isPast, passOf } from "../../rows/pass";
import { prunedDeliveries, prunedMissed } from "../../rows/pruned";
import { stepMs } from "../../rows/rollup-buckets";
import type { Connection } from "../connection/connection";
import { sequencesOf } from "../connection/sequences";
import { systemEvents } from "../event/system-events";
import { counters } from "../queue/counters";
import { queueRows } from "../queue/queue-row";
import { cancelled } from "../read/deliveries";
import { deliveries, events, marks, notices, recoveries, rollups, webhooks } from "../schema/tables";
import { segmentRemoval } from "../search/remove-segments";
import { creationRows } from "../webhook/creations";

/** Rows that one look covers. */
const windowRows = 200;
/** Rollups that one transaction removes, and webhooks, each of which brings its rollups along. */
const rollupRows = 1_000;
const webhookRows = 20;
/** Pages given back to the system, at most, each time. */
const vacuumPages = 1_000;

const expiredError = {
  errorCode: "expired",
  errorMessage: "The delivery waited longer than deliveries are kept.",
} as const;

/**
 * The parts of retention, oldest rows first. The first two answer whether they did anything or there may be
 * more that is older than `cutoff`; rows come in the order of acceptance, so the first younger one ends it. The third
 * answers whether there may be more. Only inside `write`.
 */
export function sweepOf(connection: Connection) {
  const { db, sqlite, clock } = connection;
  const sequences = sequencesOf(connection);
  const queue = queueRows(connection);
  const { prune } = counters(connection);
  const system = systemEvents(connection);
  const removeSegments = segmentRemoval(connection);
  const creations = creationRows(connection);
  const deliveriesPass = passOf();
  const eventsPass = passOf();

  return { sweepDeliveries, sweepEvents, sweepRest };

  /** What waited too long ends as failed, what ended long ago goes. */
  function sweepDeliveries(cutoff: number): boolean {
    const rows = db
      .select()
      .from(deliveries)
      .where(gt(deliveries.key, deliveriesPass.after))
      .orderBy(asc(deliveries.key))
      .limit(windowRows)
      .all();
    const { old, hasMore } = deliveriesPass.look(rows, cutoff, clock());
    const now = clock();
    const isOver = (row: (typeof rows)[number]) =>
      row.status === "pending" && row.pendingSince < cutoff && (row.leasedBy === null || row.dueAt <= now);
    const over = old.filter(isOver);
    for (const row of over) expire(row, now);
    const ended = old.filter((row) => row.endedAt !== null && isPast(row.endedAt, cutoff, now));
    const keys = ended.map((row) => row.key);
    if (keys.length > 0) db.delete(deliveries).where(inArray(deliveries.key, keys)).run();
    prune(prunedDeliveries(ended));
    return hasMore || over.length + ended.length > 0;
  }

  function expire(row: typeof deliveries.$inferSelect, now: number): void {
    db.update(deliveries)
      .set({ ...cancelled(now), status: "failed", ...expiredError, change: sequences.take("change", 1) })
      .where(eq(deliveries.key, row.key))
      .run();
    if (row.isTest) return;
    queue.refresh(row.webhookKey, moved("pending", "failed"));
    system.deliveryFailed(row.key);
  }

  /** Events whose deliveries are all gone. */
  function sweepEvents(cutoff: number): boolean {
    const rows = db
      .select({ key: events.key, createdAt: events.createdAt })
      .from(events)
      .where(gt(events.key, eventsPass.after))
      .orderBy(asc(events.key))
      .limit(windowRows)
      .all();
    const { old, hasMore } = eventsPass.look(rows, cutoff, clock());
    const ofEvent = db
      .select({ key: deliveries.key })
      .from(deliveries)
      .where(eq(deliveries.eventKey, events.key));
    const keys = old.map(({ key }) => key);
    const isOver = and(inArray(events.key, keys), notExists(ofEvent));
    if (keys.length === 0) return hasMore;
    const { customerKey, skipped } = events;
    const removed = db.delete(events).where(isOver).returning({ customerKey, skipped }).all();
    prune(prunedMissed(removed));
    return hasMore || removed.length > 0;
  }

  /** The small things: rollups that no chart shows, what is empty, the index of events that are gone. */
  function sweepRest(cutoff: number): boolean {
    const now = clock();
    const isOfStep = (step: "minute" | "hour", before: number) =>
      and(eq(rollups.step, step), lt(rollups.start, before));
    const isOld = or(
      isOfStep("minute", now - rollupKeptMs.minute),
      isOfStep("hour", now - rollupKeptMs.hour),
    );
    const counted = db
      .delete(rollups)
      .where(sql`rowid in (select rowid from ${rollups} where ${isOld} limit ${rollupRows})`)
      .run();
    db.delete(marks)
      .where(lt(marks.at, now - markLimits.keptMs))
      .run();
    creations.removeOld();
    db.delete(notices)
      .where(lt(notices.at, now - noticeLimits.keptMs))
      .run();
    db.delete(recoveries).where(lt(recoveries.endedAt, cutoff)).run();
    db.update(webhooks)
      .set({ previousSecret: null, previousSecretUntil: null, signsWith: "current" })
      .where(lt(webhooks.previousSecretUntil, now - 24 * stepMs.hour))
      .run();
    const ofWebhook = db
      .select({ key: deliveries.key })
      .from(deliveries)
      .where(sql`${deliveries.webhookKey} = ${webhooks.key}`);
    const empty = db
      .select({ key: webhooks.key })
      .from(webhooks)
      .where(and(isNotNull(webhooks.deletedAt), notExists(ofWebhook)))
      .limit(webhookRows);
    const emptied = db.delete(webhooks).where(inArray(webhooks.key, empty)).run();
    const hasMoreSegments = removeSegments.empty();
    sqlite.pragma(`incremental_vacuum(${vacuumPages})`);
    return counted.changes === rollupRows || emptied.changes === webhookRows || hasMoreSegments;
  }
}

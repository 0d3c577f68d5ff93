import { and, desc, eq, gt, gte } from "drizzle-orm";
import { type Place, placeIn } from "@/domain/agent/cursor";
import { isFannedOut, replayedOf, replaySince } from "@/domain/agent/replay";
import { agentLimits } from "@/domain/limits";
import type { SubscriptionStore } from "../../store/subscriptions";
import type { Connection, Database } from "../connection/connection";
import { events } from "../schema/tables";
import { findOwner } from "./audiences";
import { replayWindow } from "./replay-window";
import { findLiving } from "./subscription-reader";

/** Events that one transaction sends: nobody publishes for the customer meanwhile. */
const windowRows = 100;

/**
 * Sends what a subscription asks for of its customer's past, window by window, the newest first. What comes meanwhile is
 * fanned out to it anyhow, so that it is enough to look once at what there is.
 */
export async function replayEvents(
  { db, write, now }: Connection,
  ...[customerId, subscriptionId, { cursor, ...limits }]: Parameters<SubscriptionStore["replayEvents"]>
): ReturnType<SubscriptionStore["replayEvents"]> {
  const at = await now();
  const owner = await findOwner(db, customerId);
  if (!owner) return null;
  const webhook = (await findLiving({ db, now: at }, owner.agents, subscriptionId))?.webhook;
  if (!webhook?.subscription) return null;
  const place = placeIn(cursor);
  if (!place) return "bad_cursor";
  if (isFannedOut(place, webhook.createdAt)) return { replayed: 0, isTruncated: false };
  const replay = { ...limits, place, name: webhook.subscription.name };
  const { events, isTruncated } = replayedOf(await lookBack(db, owner.key, place), replay, at);
  let replayed = 0;
  for (let done = 0; done < events.length; done += windowRows) {
    const window = events.slice(done, done + windowRows);
    const room = agentLimits.replayed - replayed;
    const sent = await write((tx) => replayWindow(tx, { customerId, subscriptionId, cursor }, window, room));
    replayed += sent.count;
    if (sent.isCut) return { replayed, isTruncated: true };
  }
  return { replayed, isTruncated };
}

/** The customer's events after a place, newest first, and one more than are looked at. */
function lookBack(db: Database, customerKey: number, place: Place) {
  const { key, id, day, type, isTest, createdAt } = events;
  return db
    .select({ key, id, day, type, isTest, createdAt })
    .from(events)
    .where(and(eq(events.customerKey, customerKey), gte(createdAt, replaySince(place)), gt(key, place.key)))
    .orderBy(desc(createdAt), desc(key))
    .limit(agentLimits.replayLooks + 1);
}

import { and, desc, eq, gt, gte } from "drizzle-orm";
import { type Place, placeIn } from "@/domain/agent/cursor";
import { replayedOf, replaySince } from "@/domain/agent/replay";
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
 * Sends what a subscription asks for of its customer's past, window by window. What comes meanwhile is fanned out to it
 * anyhow, so that it is enough to look once at what there is.
 */
export async function replayEvents(
  { db, write, now }: Connection,
  ...[customerId, subscriptionId, range]: Parameters<SubscriptionStore["replayEvents"]>
): ReturnType<SubscriptionStore["replayEvents"]> {
  const at = await now();
  const owner = await findOwner(db, customerId);
  const found = owner && (await findLiving({ db, now: at }, owner.agents, subscriptionId));
  if (!owner || !found?.webhook.subscription) return null;
  const place = placeIn(range.cursor);
  if (!place) return "bad_cursor";
  const replay = { ...range, place, name: found.webhook.subscription.name };
  const { events, isTruncated } = replayedOf(await lookBack(db, owner.key, place), replay, at);
  let replayed = 0;
  let done = 0;
  while (done < events.length && replayed < agentLimits.replayed) {
    const window = events.slice(done, done + Math.min(windowRows, agentLimits.replayed - replayed));
    const sent = await write((tx) => replayWindow(tx, { customerId, subscriptionId }, window));
    if (sent === null) return null;
    replayed += sent;
    done += window.length;
  }
  return { replayed, isTruncated: isTruncated || done < events.length };
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

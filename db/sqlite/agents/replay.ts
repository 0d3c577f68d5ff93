import { setImmediate as turn } from "node:timers/promises";
import { and, desc, eq, gt, gte, sql } from "drizzle-orm";
import { placeIn } from "@/domain/agent/cursor";
import { isFannedOut, replayedOf, replaySince } from "@/domain/agent/replay";
import { agentLimits } from "@/domain/limits";
import type { SubscriptionStore } from "../../store";
import { customerFinder } from "../access/customers";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { events } from "../schema/tables";
import { replayWriter } from "./replay-writer";
import { subscriptionReader } from "./subscription-reader";

/** Events of which one transaction makes deliveries: their payloads are read, and others wait for it. */
const windowRows = 50;

export function replayVerbs(connection: Connection): Pick<SubscriptionStore, "replayEvents"> {
  const { db, write, clock } = connection;
  const findCustomer = customerFinder(connection);
  const read = subscriptionReader(connection);
  const writeSome = replayWriter(connection);
  const { key, type, isTest, createdAt } = events;
  const selectAfter = hotSelect(
    connection,
    db
      .select({ key, type, isTest, createdAt })
      .from(events)
      .where(
        and(
          eq(events.customerKey, sql.placeholder("customerKey")),
          gte(createdAt, sql.placeholder("since")),
          gt(key, sql.placeholder("after")),
        ),
      )
      .orderBy(desc(createdAt), desc(key))
      .limit(sql.placeholder("limit")),
  );

  return {
    async replayEvents(customerId, subscriptionId, range) {
      const customer = findCustomer(customerId);
      const subscription = read.one(customerId, subscriptionId);
      if (!customer || !subscription) return null;
      const place = placeIn(range.cursor);
      if (place === null) return "bad_cursor";
      const { name, webhook } = subscription;
      if (isFannedOut(place, webhook.createdAt)) return { replayed: 0, isTruncated: false };
      const looked = selectAfter.all({
        customerKey: customer.key,
        since: replaySince(place),
        after: place.key,
        limit: agentLimits.replayLooks + 1,
      });
      const { events, isTruncated } = replayedOf(looked, { ...range, name, place }, clock());
      let replayed = 0;
      for (let done = 0; done < events.length; done += windowRows) {
        const window = events.slice(done, done + windowRows);
        const room = agentLimits.replayed - replayed;
        const { count, isCut } = await write(() =>
          writeSome({ customerId, subscriptionId, cursor: range.cursor }, window, room),
        );
        replayed += count;
        if (isCut) return { replayed, isTruncated: true };
        await turn();
      }
      return { replayed, isTruncated };
    },
  };
}

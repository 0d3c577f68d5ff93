import { setImmediate as turn } from "node:timers/promises";
import { and, desc, eq, gt, gte, lt, sql } from "drizzle-orm";
import { placeIn } from "@/domain/agent/cursor";
import { type ReplayRange, replayRange } from "@/domain/agent/replay";
import { agentLimits } from "@/domain/limits";
import type { SubscriptionStore } from "../../store/subscriptions";
import { customerFinder } from "../access/customers";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { events } from "../schema/tables";
import { replayWriter } from "./replay-writer";
import { subscriptionReader } from "./subscription-reader";

/** Events of one look, of which one transaction makes deliveries: their payloads are read, and others wait for it. */
const windowRows = 50;

export function replayVerbs(connection: Connection): Pick<SubscriptionStore, "replayEvents"> {
  const { db, write, clock } = connection;
  const findCustomer = customerFinder(connection);
  const read = subscriptionReader(connection);
  const writeReplayed = replayWriter(connection);
  const { key, type, isTest, createdAt } = events;
  const ofCustomer = eq(events.customerKey, sql.placeholder("customerKey"));
  const isAfterPlace = and(gte(createdAt, sql.placeholder("since")), gt(key, sql.placeholder("afterKey")));
  const selectWindow = hotSelect(
    connection,
    db
      .select({ key, type, isTest, createdAt })
      .from(events)
      .where(
        and(
          ofCustomer,
          isAfterPlace,
          sql`(${createdAt}, ${key}) < (${sql.placeholder("beforeAt")}, ${sql.placeholder("before")})`,
        ),
      )
      .orderBy(desc(createdAt), desc(key))
      .limit(sql.placeholder("limit")),
  );
  const selectTooOld = hotSelect(
    connection,
    db
      .select({ key })
      .from(events)
      .where(and(ofCustomer, isAfterPlace, lt(createdAt, sql.placeholder("until")), eq(isTest, false)))
      .limit(1),
  );
  type Row = ReturnType<typeof selectWindow.all>[number];

  return {
    async replayEvents(customerId, subscriptionId, { cursor, maxAgeMs, retentionMs }) {
      const place = placeIn(cursor);
      if (place === null) return "bad_cursor";
      const customer = findCustomer(customerId);
      const name = read.one(customerId, subscriptionId)?.name;
      if (!customer || name === undefined) return null;
      const range = replayRange(place, { maxAgeMs, retentionMs }, clock());
      let replayed = 0;
      let isCut = range.isOutdated || leavesOut(customer.key, range);
      for (const window of windowsOf(customer.key, range)) {
        if (window === "too_many") {
          isCut = true;
          break;
        }
        const fitting = window.filter((event) => event.type === name && !event.isTest);
        const room = agentLimits.replayed - replayed;
        const made = await write(() => writeReplayed(customer.id, subscriptionId, fitting, room));
        replayed += made.count;
        if (made.isCut) {
          isCut = true;
          break;
        }
        await turn();
      }
      return { replayed, isTruncated: isCut };
    },
  };

  /** Whether anything came after the place that is too old for the range. */
  function leavesOut(customerKey: number, { afterKey, askedSince, since }: ReplayRange): boolean {
    if (askedSince >= since) return false;
    return selectTooOld.get({ customerKey, afterKey, since: askedSince, until: since }) !== undefined;
  }

  /** The events of a range, the newest first, and at the end whether there were too many to look at. */
  function* windowsOf(customerKey: number, { afterKey, since }: ReplayRange): Generator<Row[] | "too_many"> {
    const before = { beforeAt: Number.MAX_SAFE_INTEGER, before: Number.MAX_SAFE_INTEGER };
    for (let looked = 0; looked < agentLimits.replayLooks; looked += windowRows) {
      const rows = selectWindow.all({ customerKey, afterKey, since, ...before, limit: windowRows });
      const last = rows.at(-1);
      if (last) yield rows;
      if (!last || rows.length < windowRows) return;
      Object.assign(before, { beforeAt: last.createdAt, before: last.key });
    }
    yield "too_many";
  }
}

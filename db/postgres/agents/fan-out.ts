import { and, asc, gt, inArray, isNull } from "drizzle-orm";
import { type Audiences, eventLink } from "@/domain/agent/audience";
import { cursorBehind, oldestOf } from "@/domain/agent/cursor";
import { type Detail, details } from "@/domain/agent/event-data";
import { fanOutToAgents } from "@/domain/agent/fan-out";
import { findEventType } from "@/domain/event/catalogue";
import type { NewEvent } from "../../store";
import type { Database, Transaction } from "../connection/connection";
import { groupBy } from "../connection/rows";
import type { NewRow } from "../event/write-events";
import { webhooks } from "../schema/tables";
import { waitingSince } from "../webhook/shown-webhooks";

/** An event that is new, and the audiences of its customer. */
export type ForAgents = { event: NewEvent; agents: Audiences };

/**
 * The rows that events bring for audiences, each with a body of its own. Their customers are locked, so that nobody
 * subscribes meanwhile. What has lapsed is as good as not there, whether upkeep has noticed or not.
 */
export async function rowsForAgents({ db, now }: Transaction, fresh: ForAgents[]): Promise<NewRow[]> {
  if (fresh.length === 0) return [];
  const keys = [...new Set(fresh.flatMap(({ agents }) => details.map((detail) => agents[detail])))];
  const subscribed = groupBy(await listSubscribed(db, keys, now), ({ customerKey }) => customerKey);
  return fresh.flatMap((each) =>
    details.flatMap((detail) => {
      const row = toRow(each, detail, subscribed.get(each.agents[detail]) ?? [], now);
      return row ? [row] : [];
    }),
  );
}

const listSubscribed = (db: Database, audiences: number[], now: number) =>
  db
    .select({
      key: webhooks.key,
      customerKey: webhooks.customerKey,
      isActive: webhooks.isActive,
      events: webhooks.events,
      conditions: webhooks.conditions,
      waitingSince,
    })
    .from(webhooks)
    .where(
      and(inArray(webhooks.customerKey, audiences), isNull(webhooks.deletedAt), gt(webhooks.expiresAt, now)),
    )
    .orderBy(asc(webhooks.key));

type Subscribed = Awaited<ReturnType<typeof listSubscribed>>;

function toRow(
  { event, agents }: ForAgents,
  detail: Detail,
  subscribed: Subscribed,
  now: number,
): NewRow | null {
  const entry = findEventType(event.type);
  if (!entry) return null;
  const { id, type, dataJson } = event;
  const accepted = {
    id,
    dataJson,
    createdAt: now,
    link: eventLink(agents, id),
    cursor: cursorBehind(oldestOf(subscribed), now),
  };
  const fanned = fanOutToAgents(entry, accepted, detail, subscribed);
  return fanned && { id, customerKey: agents[detail], type, contentHash: "", isTest: false, ...fanned };
}

import { and, desc, eq, gte, isNull, lte, or, sql } from "drizzle-orm";
import { incidentLimits } from "@/domain/limits";
import type { IncidentTally } from "@/domain/webhook/incident";
import {
  acceptedSince,
  countedCodes,
  failureCodes,
  fatesOf,
  type IncidentRow,
  rollupsOf,
} from "../../rows/incident";
import type { Database } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { deliveries, events, rollups, webhooks } from "../schema/tables";

type Row = IncidentRow & { webhookKey: number };

/** Counts what attempts came to during an incident, and what became of the deliveries that it held up. */
export async function tallyOf(db: Database, incident: Row, now: number): Promise<IncidentTally> {
  const { step, since, until } = rollupsOf(incident, now);
  const fates = fatesOf(await countFates(db, incident, until));
  const counted = countedCodes(incident);
  if (counted) return { codes: counted, ...fates };
  const rows = await db
    .select({ rollup: rollups.rollup })
    .from(rollups)
    .where(
      and(
        eq(rollups.webhookKey, incident.webhookKey),
        eq(rollups.step, step),
        gte(rollups.start, since),
        lte(rollups.start, until),
      ),
    );
  return { codes: failureCodes(rows), ...fates };
}

async function countFates(db: Database, incident: Row, until: number) {
  const { webhookKey, startedAt } = incident;
  const customerKey = sql`(select customer_key from ${webhooks} where key = ${webhookKey})`;
  const accepted = db
    .select({ key: events.key })
    .from(events)
    .where(
      and(
        eq(events.customerKey, customerKey),
        gte(events.createdAt, acceptedSince(incident)),
        lte(events.createdAt, until),
        eq(events.isTest, false),
      ),
    )
    .orderBy(desc(events.createdAt))
    .limit(incidentLimits.countedEvents + 1)
    .as("accepted");
  const rows = await db
    .select({
      events: sql`count(*)`.mapWith(Number),
      delivered: endedAs("delivered"),
      failed: endedAs("failed"),
      cancelled: endedAs("cancelled"),
      pending: endedAs("pending"),
    })
    .from(accepted)
    .leftJoin(
      deliveries,
      and(
        eq(deliveries.eventKey, accepted.key),
        eq(deliveries.webhookKey, webhookKey),
        or(isNull(deliveries.endedAt), gte(deliveries.endedAt, startedAt)),
      ),
    );
  return onlyOne(rows);
}

const endedAs = (status: string) =>
  sql`count(*) filter (where ${deliveries.status} = ${status})`.mapWith(Number);

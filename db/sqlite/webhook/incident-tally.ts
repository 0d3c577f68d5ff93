import { and, desc, eq, gte, isNull, lte, or, sql } from "drizzle-orm";
import { incidentLimits } from "@/domain/limits";
import type { IncidentTally } from "@/domain/webhook/incident";
import {
  acceptedSince,
  countedCodes,
  type Fates,
  failureCodes,
  fatesOf,
  type IncidentRow,
  rollupsOf,
} from "../../rows/incident";
import { shared } from "../connection/shared";
import { deliveries, events, rollups, webhooks } from "../schema/tables";

/** Counts what attempts came to during an incident, and what became of the deliveries that it held up. */
export const incidentTally = shared(({ db, clock }) => {
  const selectRollups = db
    .select({ rollup: rollups.rollup })
    .from(rollups)
    .where(
      and(
        eq(rollups.webhookKey, sql.placeholder("webhookKey")),
        eq(rollups.step, sql.placeholder("step")),
        gte(rollups.start, sql.placeholder("since")),
        lte(rollups.start, sql.placeholder("until")),
      ),
    )
    .prepare();
  const customerKey = sql`(select ${webhooks.customerKey} from ${webhooks} where ${webhooks.key} = ${sql.placeholder("webhookKey")})`;
  const accepted = db
    .select({ key: events.key })
    .from(events)
    .where(
      and(
        eq(events.customerKey, customerKey),
        gte(events.createdAt, sql.placeholder("acceptedSince")),
        lte(events.createdAt, sql.placeholder("until")),
        eq(events.isTest, false),
      ),
    )
    .orderBy(desc(events.createdAt))
    .limit(incidentLimits.countedEvents + 1)
    .as("accepted");
  const endedAs = (status: string) =>
    sql<number>`count(*) filter (where ${deliveries.status} = ${sql.raw(`'${status}'`)})`;
  const selectFates = db
    .select({
      events: sql<number>`count(*)`,
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
        eq(deliveries.webhookKey, sql.placeholder("webhookKey")),
        or(isNull(deliveries.endedAt), gte(deliveries.endedAt, sql.placeholder("startedAt"))),
      ),
    )
    .prepare();

  return (incident: IncidentRow & { webhookKey: number }): IncidentTally => {
    const { webhookKey, startedAt } = incident;
    const range = rollupsOf(incident, clock());
    const fates = selectFates.get({
      webhookKey,
      startedAt,
      acceptedSince: acceptedSince(incident),
      until: range.until,
    }) as Fates;
    const codes = countedCodes(incident) ?? failureCodes(selectRollups.all({ webhookKey, ...range }));
    return { codes, ...fatesOf(fates) };
  };
});

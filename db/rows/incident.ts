import { isSuccess } from "@/domain/delivery/outcome";
import type { Rollup } from "@/domain/delivery/rollup";
import { incidentLimits } from "@/domain/limits";
import type { Incident, IncidentChange, IncidentTally } from "@/domain/webhook/incident";
import type { KeptIncident } from "../store";
import { stepMs } from "./rollup-buckets";

/** An incident's row, in whichever database. */
export type IncidentRow = Omit<KeptIncident, "webhookId"> & { key: number };

export const toIncident = (row: IncidentRow, webhookId: string): KeptIncident => ({
  id: row.id,
  webhookId,
  startedAt: row.startedAt,
  endedAt: row.endedAt,
  cause: row.cause,
  eventId: row.eventId,
  eventType: row.eventType,
  held: row.held,
  tally: row.tally,
});

/** What goes on or ends is counted anew: its tally was that of a part. */
export function incidentColumns(change: Exclude<IncidentChange, { kind: "begun" }>, now: number) {
  const counted = { tally: null, countAt: now };
  return change.kind === "resumed"
    ? { endedAt: null, held: 0, ...counted }
    : { endedAt: change.endedAt, held: change.held, ...counted };
}

/** Minutes are kept for little more than a day. */
const readMinutesMs = 24 * stepMs.hour;

/** The rollups that tell what attempts came to during an incident: those of hours, once it began long ago. */
export function rollupsOf({ startedAt, endedAt }: Incident, now: number) {
  const step = now - startedAt < readMinutesMs ? "minute" : "hour";
  return { step, since: Math.floor(startedAt / stepMs[step]) * stepMs[step], until: endedAt ?? now } as const;
}

/** When the events of an incident were accepted: those that waited for their turn when it began are among them. */
export const acceptedSince = ({ startedAt }: Incident) => startedAt - incidentLimits.waitedMs;

/** What was counted of it after it ended stands: later, minutes are gone, and hours tell of others too. */
export const countedCodes = ({ endedAt, tally }: IncidentRow) => (endedAt === null ? null : tally?.codes);

/** Failures by code. */
export function failureCodes(rollups: { rollup: Rollup }[]): Record<string, number> {
  const codes: Record<string, number> = {};
  for (const { rollup } of rollups)
    for (const [code, count] of Object.entries(rollup.codes))
      if (!isSuccess(Number(code))) codes[code] = (codes[code] ?? 0) + count;
  return codes;
}

/** What became of its events, of which one more is looked at than is counted. */
export function fatesOf(counts: Fates): Omit<IncidentTally, "codes"> {
  const { events, ...deliveries } = counts;
  return { deliveries, isComplete: events <= incidentLimits.countedEvents };
}

export type Fates = { events: number } & IncidentTally["deliveries"];

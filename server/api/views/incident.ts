import { z } from "zod";
import type { KeptIncident } from "@/db/store";
import { diagnosisConfidences } from "@/domain/diagnosis/diagnose";
import { isoTime, nullableIsoTime, timeView } from "./time";

export const incidentView = z
  .object({
    id: z.uuid(),
    webhook_id: z.uuid(),
    started_at: timeView.describe("When the first of the attempts in a row that failed began"),
    ended_at: timeView.nullable().describe("When an attempt succeeded again; null while it lasts"),
    cause: z
      .object({
        code: z.string().describe("Stable; /docs/causes lists them all"),
        confidence: z.enum(diagnosisConfidences),
        meaning: z.string(),
        next_step: z.string(),
      })
      .describe("What the failure that made it an incident tells by itself"),
    event_id: z.string().describe("The event whose delivery shows the cause, as long as that is kept"),
    event_type: z.string(),
    held_count: z.int().describe("Deliveries that waited when it ended; 0 while it lasts"),
    outcomes: z
      .array(z.object({ code: z.string(), count: z.int() }))
      .nullable()
      .describe(
        "What attempts that failed came to: HTTP status, or error code when no answer came; most first. Null in a list until it is first counted, a minute later at most",
      ),
    deliveries: z
      .object({ delivered: z.int(), failed: z.int(), cancelled: z.int(), pending: z.int() })
      .nullable()
      .describe(
        "What became of the deliveries that it held up: of events accepted during it or up to 5 minutes before, that had not ended by then. Null like outcomes",
      ),
    is_complete: z.boolean().describe("False when there were too many events to count them all"),
  })
  .meta({ id: "Incident" });

export function toIncidentView(incident: KeptIncident): z.infer<typeof incidentView> {
  const { tally, cause } = incident;
  return {
    id: incident.id,
    webhook_id: incident.webhookId,
    started_at: isoTime(incident.startedAt),
    ended_at: nullableIsoTime(incident.endedAt),
    cause,
    event_id: incident.eventId,
    event_type: incident.eventType,
    held_count: incident.held,
    outcomes: tally && toOutcomes(tally.codes),
    deliveries: tally?.deliveries ?? null,
    is_complete: tally?.isComplete ?? true,
  };
}

/** Counts by code as a list, most first. */
export const toOutcomes = (codes: Record<string, number>) =>
  Object.entries(codes)
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count);

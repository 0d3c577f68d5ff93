import type { ToldDiagnosis } from "@/domain/diagnosis/outcome-evidence";
import type { Incident, IncidentTally } from "@/domain/webhook/incident";

/** A time for which a webhook failed in earnest, as it is kept. */
export type KeptIncident = Incident & {
  id: string;
  webhookId: string;
  /** Of the failure that made it an incident, and the event whose delivery that was, which may be gone. */
  cause: ToldDiagnosis;
  eventId: string;
  eventType: string;
  /** Deliveries that waited when it ended; 0 while it lasts. */
  held: number;
  /** As of the last count; null before that. */
  tally: IncidentTally | null;
};

export type IncidentStore = {
  /** The incidents of a webhook, newest first, with what was last counted of each: a minute old while that changes. */
  listIncidents(customerId: string, webhookId: string): Promise<KeptIncident[]>;
  /** One of them, counted now unless nothing can change any more. */
  getIncident(
    customerId: string,
    webhookId: string,
    incidentId: string,
  ): Promise<(KeptIncident & { tally: IncidentTally }) | null>;
};

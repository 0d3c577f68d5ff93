import { and, desc, eq } from "drizzle-orm";
import { toIncident } from "../../rows/incident";
import type { IncidentStore } from "../../store";
import type { Connection } from "../connection/connection";
import { incidents } from "../schema/tables";
import { tallyOf } from "./incident-tally";
import { findWebhook } from "./webhook-finder";

export function incidentVerbs({ db, now }: Connection): IncidentStore {
  return {
    listIncidents: async (customerId, webhookId) => {
      const webhook = await findWebhook(db, customerId, webhookId);
      if (!webhook) return [];
      const rows = await db
        .select()
        .from(incidents)
        .where(eq(incidents.webhookKey, webhook.key))
        .orderBy(desc(incidents.key));
      return rows.map((row) => toIncident(row, webhookId));
    },

    getIncident: async (customerId, webhookId, incidentId) => {
      const webhook = await findWebhook(db, customerId, webhookId);
      if (!webhook) return null;
      const [row] = await db
        .select()
        .from(incidents)
        .where(and(eq(incidents.webhookKey, webhook.key), eq(incidents.id, incidentId)));
      if (!row) return null;
      const isCounted = row.countAt === null && row.tally;
      return { ...toIncident(row, webhookId), tally: isCounted || (await tallyOf(db, row, await now())) };
    },
  };
}

import { and, desc, eq } from "drizzle-orm";
import { toIncident } from "../../rows/incident";
import type { IncidentStore } from "../../store";
import type { Connection } from "../connection/connection";
import { incidents } from "../schema/tables";
import { incidentTally } from "./incident-tally";
import { webhookFinder } from "./webhook-finder";

export function incidentVerbs(connection: Connection): IncidentStore {
  const { db } = connection;
  const findWebhook = webhookFinder(connection);
  const tallyOf = incidentTally(connection);

  return {
    listIncidents: async (customerId, webhookId) => {
      const webhook = findWebhook(customerId, webhookId);
      if (!webhook) return [];
      const rows = db
        .select()
        .from(incidents)
        .where(eq(incidents.webhookKey, webhook.key))
        .orderBy(desc(incidents.key))
        .all();
      return rows.map((row) => toIncident(row, webhookId));
    },

    getIncident: async (customerId, webhookId, incidentId) => {
      const webhook = findWebhook(customerId, webhookId);
      if (!webhook) return null;
      const row = db
        .select()
        .from(incidents)
        .where(and(eq(incidents.webhookKey, webhook.key), eq(incidents.id, incidentId)))
        .get();
      if (!row) return null;
      const isCounted = row.countAt === null && row.tally;
      return { ...toIncident(row, webhookId), tally: isCounted || tallyOf(row) };
    },
  };
}

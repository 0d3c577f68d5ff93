import { z } from "zod";
import { notFound } from "@/domain/errors";
import { incidentId, webhookId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { incidentView, toIncidentView } from "../../views/incident";

/** One incident, counted as of now. */
export const getIncident = readProcedure
  .input(z.object({ webhook_id: webhookId, incident_id: incidentId }))
  .output(incidentView)
  .query(async ({ ctx, input: { webhook_id, incident_id } }) => {
    const incident = await ctx.runtime.store.getIncident(ctx.customerId, webhook_id, incident_id);
    if (!incident) throw notFound("incident");
    return toIncidentView(incident);
  });

import { z } from "zod";
import { notFound } from "@/domain/errors";
import { webhookId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { incidentView, toIncidentView } from "../../views/incident";

/** The times for which a webhook failed in earnest, newest first. */
export const listIncidents = readProcedure
  .input(z.object({ webhook_id: webhookId }))
  .output(z.array(incidentView))
  .query(async ({ ctx, input: { webhook_id } }) => {
    const { store } = ctx.runtime;
    if (!(await store.getWebhook(ctx.customerId, webhook_id))) throw notFound("webhook");
    const incidents = await store.listIncidents(ctx.customerId, webhook_id);
    return incidents.map(toIncidentView);
  });

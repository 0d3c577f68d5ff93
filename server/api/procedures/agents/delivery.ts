import { z } from "zod";
import { notFound } from "@/domain/errors";
import { explainDelivery, hintOn } from "../../diagnosis/explain";
import { agentId, eventId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { agentDeliveryWithAttemptsView, toFullAgentDelivery } from "../../views/agent";

/** One delivery to an agent, with its latest attempts. */
export const getAgentDelivery = readProcedure
  .input(
    z.object({
      agent_id: agentId,
      event_id: eventId,
      details: z.boolean().default(false).meta({ dashboardOnly: true }),
    }),
  )
  .output(agentDeliveryWithAttemptsView)
  .query(async ({ ctx, input: { agent_id, event_id, details } }) => {
    const { store } = ctx.runtime;
    const subscription = await store.getSubscription(ctx.customerId, agent_id);
    if (!subscription) throw notFound("agent");
    const { id, customerId: audience } = subscription.webhook;
    const found = await store.getDelivery(audience, id, event_id);
    if (!found) throw notFound("delivery");
    const diagnosis = await explainDelivery(store, audience, found);
    return toFullAgentDelivery(found, { diagnosis, hint: hintOn(found) }, { details });
  });

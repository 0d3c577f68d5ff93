import { z } from "zod";
import { notFound } from "@/domain/errors";
import { agentId, numberCursor, page } from "../../inputs";
import { readProcedure } from "../../trpc";
import { agentDeliveryView, toAgentDeliveryView } from "../../views/agent";

/** What was and is sent to one agent, newest first, without request and response. Only a missing cursor is the end. */
export const listAgentDeliveries = readProcedure
  .input(
    z.object({
      agent_id: agentId,
      details: z.boolean().default(false).meta({ dashboardOnly: true }),
      ...page(numberCursor),
    }),
  )
  .output(z.object({ items: z.array(agentDeliveryView), next_cursor: z.string().nullable() }))
  .query(async ({ ctx, input: { agent_id, details, page_size: pageSize, cursor } }) => {
    const { store } = ctx.runtime;
    const subscription = await store.getSubscription(ctx.customerId, agent_id);
    if (!subscription) throw notFound("agent");
    const { id: webhookId, customerId: audience } = subscription.webhook;
    const found = await store.listDeliveries(audience, { webhookId, content: false, pageSize, cursor });
    if (!found) throw notFound("agent");
    return {
      items: found.items.map((delivery) => toAgentDeliveryView(delivery, { details })),
      next_cursor: found.next,
    };
  });

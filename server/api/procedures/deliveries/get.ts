import { z } from "zod";
import { notFound } from "@/domain/errors";
import { eventId, webhookId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { deliveryWithAttemptsView, toAttemptView, toDeliveryView } from "../../views/delivery";

/** One delivery with its latest attempts. */
export const getDelivery = readProcedure
  .input(
    z.object({
      webhook_id: webhookId,
      event_id: eventId,
      details: z.boolean().default(false).describe("Whether to include what the dashboard shows besides"),
    }),
  )
  .output(deliveryWithAttemptsView)
  .query(async ({ ctx, input: { webhook_id, event_id, details } }) => {
    const { store } = ctx.runtime;
    const found = await store.getDelivery(ctx.customerId, webhook_id, event_id);
    if (!found) throw notFound("delivery");
    const { delivery, attempts } = found;
    const webhook = details ? await store.getWebhook(ctx.customerId, webhook_id) : null;
    return {
      ...toDeliveryView(delivery, { details, webhook }),
      attempts: attempts.map((attempt) => toAttemptView(attempt, { details })),
    };
  });

import { z } from "zod";
import { notFound } from "@/domain/errors";
import { explainDelivery, hintOn } from "../../diagnosis/explain";
import { eventId, webhookId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { deliveryWithAttemptsView, toAttemptView, toDeliveryView } from "../../views/delivery";
import { toDiagnosisView, toExplanationView } from "../../views/diagnosis";

/** One delivery with its latest attempts. */
export const getDelivery = readProcedure
  .input(
    z.object({
      webhook_id: webhookId,
      event_id: eventId,
      details: z.boolean().default(false).meta({ dashboardOnly: true }),
    }),
  )
  .output(deliveryWithAttemptsView)
  .query(async ({ ctx, input: { webhook_id, event_id, details } }) => {
    const { store } = ctx.runtime;
    const found = await store.getDelivery(ctx.customerId, webhook_id, event_id);
    if (!found) throw notFound("delivery");
    const diagnosis = await explainDelivery(store, ctx.customerId, found);
    const hint = hintOn(found);
    return {
      ...toDeliveryView(found.delivery, { details }),
      diagnosis: diagnosis && toDiagnosisView(diagnosis),
      hint: hint && toExplanationView(hint),
      attempts: found.attempts.map((attempt) => toAttemptView(attempt, { details })),
    };
  });

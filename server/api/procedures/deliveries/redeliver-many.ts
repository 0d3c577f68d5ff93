import { z } from "zod";
import { notFound } from "@/domain/errors";
import { callLimits } from "@/domain/limits";
import { eventId, webhookId } from "../../inputs";
import { changeProcedure } from "../../trpc";

const answer = z
  .enum(["due", "not_found", "inactive", "is_test"])
  .describe("due = on its way again; a test and what belongs to an inactive webhook are never sent again");

/** Sends many again, now, as `redeliver` does each, and answers for each of them in their order. */
export const redeliverMany = changeProcedure
  .input(
    z.strictObject({
      deliveries: z
        .array(z.strictObject({ webhook_id: webhookId, event_id: eventId }))
        .min(1)
        .max(callLimits.redeliveries),
    }),
  )
  .output(
    z.object({
      recovery_id: z.uuid().nullable().describe("Tells what becomes of them; null when none is due"),
      answers: z.array(answer).describe("One for each, in the order of the question"),
    }),
  )
  .mutation(async ({ ctx, input: { deliveries } }) => {
    const { store, newId } = ctx.runtime;
    const chosen = deliveries.map((each) => ({ webhookId: each.webhook_id, eventId: each.event_id }));
    const made = await store.redeliverMany(ctx.customerId, newId(), chosen, ctx.by);
    if (!made) throw notFound("customer");
    return { recovery_id: made.recovery?.id ?? null, answers: made.answers };
  });

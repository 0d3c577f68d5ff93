import { z } from "zod";
import { conflict, notFound } from "@/domain/errors";
import { eventId, webhookId } from "../../inputs";
import { changeProcedure } from "../../trpc";

/** Sends again, now, with a fresh schedule. A delivery that waits just becomes due. */
export const redeliver = changeProcedure
  .input(z.object({ webhook_id: webhookId, event_id: eventId }))
  .output(z.null())
  .mutation(async ({ ctx, input }) => {
    const { store } = ctx.runtime;
    const answer = await store.redeliver(ctx.customerId, input.webhook_id, input.event_id, ctx.by);
    if (answer === "not_found") throw notFound("delivery");
    if (answer === "inactive") throw conflict("inactive", "The webhook is inactive. Activate it first.");
    if (answer === "is_test") throw conflict("is_test", "A test is never sent again. Send a new one.");
    return null;
  });

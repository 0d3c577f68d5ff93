import { z } from "zod";
import { notFound } from "@/domain/errors";
import { webhookId } from "../../inputs";
import { changeProcedure } from "../../trpc";

/** Cancels what is pending, in place of sending it later. */
export const cancelPending = changeProcedure
  .input(z.object({ webhook_id: webhookId }))
  .output(z.object({ count: z.int().describe("Deliveries cancelled") }))
  .mutation(async ({ ctx, input }) => {
    const count = await ctx.runtime.store.cancelPending(ctx.customerId, input.webhook_id, ctx.by);
    if (count === null) throw notFound("webhook");
    return { count };
  });

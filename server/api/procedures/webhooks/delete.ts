import { z } from "zod";
import { notFound } from "@/domain/errors";
import { webhookId } from "../../inputs";
import { changeProcedure } from "../../trpc";

/** Deliveries stop at once, pending ones are cancelled. */
export const deleteWebhook = changeProcedure
  .input(z.object({ webhook_id: webhookId }))
  .output(z.null())
  .mutation(async ({ ctx, input }) => {
    const wasThere = await ctx.runtime.store.deleteWebhook(ctx.customerId, input.webhook_id, ctx.by);
    if (!wasThere) throw notFound("webhook");
    return null;
  });

import { z } from "zod";
import { notFound } from "@/domain/errors";
import { webhookId } from "../../inputs";
import { showWebhook } from "../../show-webhooks";
import { changeProcedure } from "../../trpc";
import { webhookView } from "../../views/webhook";

/** Lets go what a pause holds. One that is not paused stays as it is. */
export const resumeWebhook = changeProcedure
  .input(z.object({ webhook_id: webhookId }))
  .output(webhookView)
  .mutation(async ({ ctx, input: { webhook_id } }) => {
    const webhook = await ctx.runtime.store.resumeWebhook(ctx.customerId, webhook_id, ctx.by);
    if (!webhook) throw notFound("webhook");
    return showWebhook(ctx.runtime, webhook);
  });

import { z } from "zod";
import { notFound } from "@/domain/errors";
import { webhookId } from "../../inputs";
import { showWebhook } from "../../show-webhooks";
import { readProcedure } from "../../trpc";
import { webhookView } from "../../views/webhook";

export const getWebhook = readProcedure
  .input(z.object({ webhook_id: webhookId }))
  .output(webhookView)
  .query(async ({ ctx, input }) => {
    const webhook = await ctx.runtime.store.getWebhook(ctx.customerId, input.webhook_id);
    if (!webhook) throw notFound("webhook");
    return showWebhook(ctx.runtime, webhook);
  });

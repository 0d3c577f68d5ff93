import { z } from "zod";
import { showWebhooks } from "../../show-webhooks";
import { readProcedure } from "../../trpc";
import { webhookView } from "../../views/webhook";

/** The customer's webhooks, newest first. */
export const listWebhooks = readProcedure.output(z.array(webhookView)).query(async ({ ctx }) => {
  const webhooks = await ctx.runtime.store.listWebhooks(ctx.customerId);
  return showWebhooks(ctx.runtime, webhooks);
});

import { z } from "zod";
import { webhookId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { runningRecoveryView, toRunningRecoveryView } from "../../views/webhook";

/** The recoveries of a webhook that still run, newest first. */
export const listRunningRecoveries = readProcedure
  .input(z.object({ webhook_id: webhookId }))
  .output(z.array(runningRecoveryView))
  .query(async ({ ctx, input }) => {
    const recoveries = await ctx.runtime.store.listRecoveries(ctx.customerId, {
      webhookId: input.webhook_id,
      isRunning: true,
    });
    return recoveries.map(toRunningRecoveryView);
  });

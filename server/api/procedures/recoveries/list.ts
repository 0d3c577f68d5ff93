import { z } from "zod";
import { webhookId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { recoveryOfCustomerView, toRecoveryOfCustomer } from "../../views/recovery";

/** The newest 20 recoveries, newest first: of all webhooks, or those that are for one alone. */
export const listRecoveries = readProcedure
  .input(z.object({ webhook_id: webhookId.optional() }).prefault({}))
  .output(z.array(recoveryOfCustomerView))
  .query(async ({ ctx, input }) => {
    const found = await ctx.runtime.store.listRecoveries(ctx.customerId, { webhookId: input.webhook_id });
    return found.map(toRecoveryOfCustomer);
  });

import { z } from "zod";
import { keysCustomer } from "../../access";
import { customerId } from "../../inputs";
import { keysProcedure } from "../../trpc";
import { apiKeyView, toApiKeyView } from "../../views/customer";

/** A customer's keys, newest first. */
export const listApiKeys = keysProcedure
  .input(z.object({ customer_id: customerId.optional() }).default({}))
  .output(z.array(apiKeyView))
  .query(async ({ ctx, input }) => {
    const owner = await keysCustomer(ctx, input.customer_id);
    const keys = await ctx.runtime.store.listApiKeys(owner);
    return keys.map(toApiKeyView);
  });

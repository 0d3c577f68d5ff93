import { z } from "zod";
import { notFound } from "@/domain/errors";
import { keysCustomer } from "../../access";
import { customerId, keyId } from "../../inputs";
import { keysProcedure } from "../../trpc";

/** The key is dead at once. */
export const revokeApiKey = keysProcedure
  .input(z.object({ customer_id: customerId.optional(), key_id: keyId }))
  .output(z.null())
  .mutation(async ({ ctx, input }) => {
    const owner = await keysCustomer(ctx, input.customer_id);
    if (!(await ctx.runtime.store.revokeApiKey(owner, input.key_id, ctx.by))) throw notFound("key");
    return null;
  });

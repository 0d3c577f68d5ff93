import { z } from "zod";
import { conflict, notFound } from "@/domain/errors";
import { newApiKey } from "@/server/auth/keys";
import { keysCustomer } from "../../access";
import { customerId, text } from "../../inputs";
import { keysProcedure } from "../../trpc";
import { newApiKeyView, toApiKeyView } from "../../views/customer";

/** A new key, shown this once. */
export const createApiKey = keysProcedure
  .input(z.object({ customer_id: customerId.optional(), name: text(200).nullish() }).default({}))
  .output(newApiKeyView)
  .mutation(async ({ ctx, input }) => {
    const { store, newId } = ctx.runtime;
    const owner = await keysCustomer(ctx, input.customer_id);
    const { key, prefix, hash } = newApiKey();
    const name = input.name || null;
    const stored = await store.createApiKey({ id: newId(), customerId: owner, name, prefix, hash });
    if (!stored) throw notFound("customer");
    if (stored === "limit_reached") {
      throw conflict("limit_reached", "A customer has at most 100 keys. Revoke one that is no longer used.");
    }
    return { ...toApiKeyView(stored), key };
  });

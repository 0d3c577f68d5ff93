import { z } from "zod";
import { keyAccess } from "@/db/store";
import { badInput, conflict, notFound } from "@/domain/errors";
import { newApiKey } from "@/server/auth/keys";
import { keysCustomer } from "../../access";
import { customerId, text, time } from "../../inputs";
import { keysProcedure } from "../../trpc";
import { newApiKeyView, toApiKeyView } from "../../views/customer";

/** A new key, shown this once. */
export const createApiKey = keysProcedure
  .input(
    z
      .strictObject({
        customer_id: customerId.optional(),
        name: text(200).nullish(),
        access: z
          .enum(keyAccess)
          .default("full")
          .describe("read: it may look at everything, and is refused whatever changes or sends anything"),
        expires_at: time.nullish().describe("It is refused from then on; never when absent or null"),
      })
      .prefault({}),
  )
  .output(newApiKeyView)
  .mutation(async ({ ctx, input }) => {
    const { store, newId, clock } = ctx.runtime;
    const owner = await keysCustomer(ctx, input.customer_id);
    const expiresAt = typeof input.expires_at === "string" ? Date.parse(input.expires_at) : null;
    if (expiresAt !== null && expiresAt <= clock()) {
      throw badInput([{ path: ["expires_at"], message: "Must be in the future.", code: "custom" }]);
    }
    const { key, prefix, hash } = newApiKey();
    const wanted = { id: newId(), customerId: owner, name: input.name || null, prefix, hash };
    const stored = await store.createApiKey({ ...wanted, access: input.access, expiresAt }, ctx.by);
    if (!stored) throw notFound("customer");
    if (stored === "limit_reached") {
      throw conflict("limit_reached", "A customer has at most 100 keys. Revoke one that is no longer used.");
    }
    return { ...toApiKeyView(stored), key };
  });

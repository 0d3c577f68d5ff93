import { z } from "zod";
import { newToken } from "@/server/auth/keys";
import { notFound } from "@/server/domain/errors";
import { customerId } from "../../inputs";
import { platformProcedure } from "../../trpc";
import { portalLinkView } from "../../views/customer";
import { isoTime } from "../../views/time";

const maxSeconds = 7 * 24 * 3600;

/** A single-use sign-in to a customer's dashboard. */
export const createPortalLink = platformProcedure
  .input(
    z.object({
      customer_id: customerId,
      expires_in: z.int().min(1).max(maxSeconds).default(3600).describe("Seconds until the link is dead"),
    }),
  )
  .output(portalLinkView)
  .mutation(async ({ ctx, input }) => {
    const { store, env } = ctx.runtime;
    const customer = await store.findCustomer(input.customer_id);
    if (!customer) throw notFound("customer");
    const { token, hash } = newToken();
    const lastsMs = input.expires_in * 1000;
    const expiresAt = await store.createPortalLink({ customerId: customer.id, hash, lastsMs });
    if (expiresAt === null) throw notFound("customer");
    return { url: `${env.publicUrl}/portal/${token}`, expires_at: isoTime(expiresAt) };
  });

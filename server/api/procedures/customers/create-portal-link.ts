import { z } from "zod";
import { notFound } from "@/domain/errors";
import { accessLimits } from "@/domain/limits";
import { createPortalLink as createLink } from "@/server/auth/portal-link";
import { customerId } from "../../inputs";
import { platformProcedure } from "../../trpc";
import { portalLinkView } from "../../views/customer";
import { isoTime } from "../../views/time";

const { portalLinkSeconds, maxPortalLinkSeconds } = accessLimits;

/** A single-use sign-in to a customer's dashboard. */
export const createPortalLink = platformProcedure
  .input(
    z.object({
      customer_id: customerId,
      expires_in: z
        .int()
        .min(1)
        .max(maxPortalLinkSeconds)
        .default(portalLinkSeconds)
        .describe("Seconds until the link is dead"),
    }),
  )
  .output(portalLinkView)
  .mutation(async ({ ctx, input }) => {
    const { store, auth } = ctx.runtime;
    const customer = await store.findCustomer(input.customer_id);
    const link = customer && (await createLink(auth, customer.id, input.expires_in * 1000, ctx.by));
    if (!link) throw notFound("customer");
    return { url: `${ctx.site()}${link.path}`, expires_at: isoTime(link.expiresAt) };
  });

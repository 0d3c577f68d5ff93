import { z } from "zod";
import { notFound } from "@/domain/errors";
import { customerId } from "../../inputs";
import { platformProcedure } from "../../trpc";

/** Keys, sessions and deliveries of the customer stop at once. */
export const deleteCustomer = platformProcedure
  .input(z.object({ customer_id: customerId }))
  .output(z.null())
  .mutation(async ({ ctx, input }) => {
    if (!(await ctx.runtime.store.deleteCustomer(input.customer_id, ctx.by))) throw notFound("customer");
    return null;
  });

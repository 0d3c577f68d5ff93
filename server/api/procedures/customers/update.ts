import { z } from "zod";
import { notFound } from "@/domain/errors";
import { customerId, customerName } from "../../inputs";
import { platformProcedure } from "../../trpc";
import { customerView, toCustomerView } from "../../views/customer";

/** A new name for a customer: its people see it at their next look. */
export const updateCustomer = platformProcedure
  .input(z.object({ customer_id: customerId, name: customerName }))
  .output(customerView)
  .mutation(async ({ ctx, input }) => {
    const customer = await ctx.runtime.store.renameCustomer(input.customer_id, input.name, ctx.by);
    if (!customer) throw notFound("customer");
    return toCustomerView(customer);
  });

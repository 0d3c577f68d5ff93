import { z } from "zod";
import { notFound } from "@/domain/errors";
import { customerId } from "../../inputs";
import { platformProcedure } from "../../trpc";
import { customerView, toCustomerView } from "../../views/customer";

export const getCustomer = platformProcedure
  .input(z.object({ customer_id: customerId }))
  .output(customerView)
  .query(async ({ ctx, input }) => {
    const customer = await ctx.runtime.store.findCustomer(input.customer_id);
    if (!customer) throw notFound("customer");
    return toCustomerView(customer);
  });

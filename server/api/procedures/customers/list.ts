import { z } from "zod";
import { platformProcedure } from "../../trpc";
import { customerView, toCustomerView } from "../../views/customer";

/** All customers, newest first. */
export const listCustomers = platformProcedure.output(z.array(customerView)).query(async ({ ctx }) => {
  const customers = await ctx.runtime.store.listCustomers();
  return customers.map(toCustomerView);
});

import { z } from "zod";
import { numberCursor, page } from "../../inputs";
import { platformProcedure } from "../../trpc";
import { customerView, toCustomerView } from "../../views/customer";

/** The customers, newest first. */
export const listCustomers = platformProcedure
  .input(z.object(page(numberCursor)).prefault({}))
  .output(z.object({ items: z.array(customerView), next_cursor: z.string().nullable() }))
  .query(async ({ ctx, input }) => {
    const found = await ctx.runtime.store.listCustomers({ pageSize: input.page_size, cursor: input.cursor });
    return { items: found.items.map(toCustomerView), next_cursor: found.next };
  });

import { z } from "zod";
import { readProcedure } from "../../trpc";
import { events } from "./fields";

const days = 7;

/** How many events of the last days a webhook with this filter would have received. */
export const previewWebhook = readProcedure
  .input(z.object({ events }))
  .output(z.object({ days: z.int(), count: z.int() }))
  .query(async ({ ctx, input }) => {
    const { store, clock } = ctx.runtime;
    const since = clock() - days * 24 * 60 * 60 * 1000;
    const seen = await store.countEventTypes(ctx.customerId, since);
    const matching = seen.filter(({ type }) => input.events.includes(type));
    return { days, count: matching.reduce((sum, { count }) => sum + count, 0) };
  });

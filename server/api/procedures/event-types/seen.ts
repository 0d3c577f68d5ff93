import { z } from "zod";
import { readProcedure } from "../../trpc";
import { isoTime, timeView } from "../../views/time";

const days = 30;

/** How often each type came for the customer lately. Types that did not come are left out. */
export const listSeenEventTypes = readProcedure
  .output(z.array(z.object({ type: z.string(), count: z.int(), last_at: timeView })))
  .query(async ({ ctx }) => {
    const { store, clock } = ctx.runtime;
    const seen = await store.countEventTypes(ctx.customerId, clock() - days * 24 * 60 * 60 * 1000);
    return seen.map(({ type, count, lastAt }) => ({ type, count, last_at: isoTime(lastAt) }));
  });

import { z } from "zod";
import { readProcedure } from "../../trpc";
import { isoTime, nullableIsoTime, timeView } from "../../views/time";

const days = 30;

/** How often each type came for the customer lately. Types that did not come are left out. */
export const listSeenEventTypes = readProcedure
  .output(
    z.object({
      types: z.array(z.object({ type: z.string(), count: z.int(), last_at: timeView })),
      counted_back_to: timeView.nullable().describe("Set when there were too many to count all of the days"),
    }),
  )
  .query(async ({ ctx }) => {
    const { store, clock } = ctx.runtime;
    const seen = await store.countEventTypes(ctx.customerId, clock() - days * 24 * 60 * 60 * 1000);
    return {
      types: seen.types.map(({ type, count, lastAt }) => ({ type, count, last_at: isoTime(lastAt) })),
      counted_back_to: nullableIsoTime(seen.countedBackTo),
    };
  });

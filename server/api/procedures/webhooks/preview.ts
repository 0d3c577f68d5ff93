import { z } from "zod";
import { listsType } from "@/domain/event/lists-type";
import { readProcedure } from "../../trpc";
import { events } from "./fields";

const days = 7;

/** How many events of the last days a webhook with this filter would have received. */
export const previewWebhook = readProcedure
  .input(z.object({ events }))
  .output(
    z.object({
      days: z.int(),
      count: z.int(),
      is_complete: z
        .boolean()
        .describe("False when there were too many to count all: then it is at least so many"),
    }),
  )
  .query(async ({ ctx, input }) => {
    const { store, clock } = ctx.runtime;
    const since = clock() - days * 24 * 60 * 60 * 1000;
    const seen = await store.countEventTypes(ctx.customerId, since);
    const matching = seen.types.filter(({ type }) => listsType(input.events, type));
    const count = matching.reduce((sum, each) => sum + each.count, 0);
    return { days, count, is_complete: seen.countedBackTo === null };
  });

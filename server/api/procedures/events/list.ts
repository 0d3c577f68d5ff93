import { z } from "zod";
import { eventType, page, pairCursor, time, toMs } from "../../inputs";
import { readProcedure } from "../../trpc";
import { eventView, toEventView } from "../../views/event";

/** The customer's published events, newest first. Only a missing cursor is the end. */
export const listEvents = readProcedure
  .input(
    z
      .object({
        since: time.optional(),
        until: time.optional(),
        type: eventType.optional(),
        ...page(pairCursor),
      })
      .prefault({}),
  )
  .output(z.object({ items: z.array(eventView), next_cursor: z.string().nullable() }))
  .query(async ({ ctx, input }) => {
    const found = await ctx.runtime.store.listEvents(ctx.customerId, {
      since: toMs(input.since),
      until: toMs(input.until),
      type: input.type,
      pageSize: input.page_size,
      cursor: input.cursor,
    });
    return { items: found.items.map(toEventView), next_cursor: found.next };
  });

import { z } from "zod";
import {
  eventType,
  isCursorOfSearch,
  page,
  search,
  searchCursor,
  time,
  toMs,
  wrongCursor,
} from "../../inputs";
import { readProcedure } from "../../trpc";
import { listedEventView, toListedEventView } from "../../views/event";
import { searchedView, toSearchedView } from "../../views/search";

/** The customer's published events, newest first. Only a missing cursor is the end. */
export const listEvents = readProcedure
  .input(
    z
      .object({
        since: time.optional(),
        until: time.optional(),
        type: eventType.optional(),
        has_matched: z.boolean().describe("Whether any webhook matched when it was accepted").optional(),
        ...search,
        ...page(searchCursor("pair")),
      })
      .refine(isCursorOfSearch, wrongCursor)
      .prefault({}),
  )
  .output(z.object({ items: z.array(listedEventView), next_cursor: z.string().nullable(), ...searchedView }))
  .query(async ({ ctx, input }) => {
    const found = await ctx.runtime.store.listEvents(ctx.customerId, {
      since: toMs(input.since),
      until: toMs(input.until),
      types: input.type === undefined ? undefined : [input.type],
      hasMatched: input.has_matched,
      text: input.text,
      isDirect: input.payloads,
      pageSize: input.page_size,
      cursor: input.cursor,
    });
    return { items: found.items.map(toListedEventView), next_cursor: found.next, ...toSearchedView(found) };
  });

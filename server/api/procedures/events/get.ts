import { z } from "zod";
import { notFound } from "@/server/domain/errors";
import { eventId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { toEventView, toTraceView, tracedEventView } from "../../views/event";

/** One event and, per webhook, its delivery or why there is none. */
export const getEvent = readProcedure
  .input(z.object({ event_id: eventId }))
  .output(tracedEventView)
  .query(async ({ ctx, input }) => {
    const found = await ctx.runtime.store.getEvent(ctx.customerId, input.event_id);
    if (!found) throw notFound("event");
    return { ...toEventView(found.event), webhooks: found.traces.map(toTraceView) };
  });

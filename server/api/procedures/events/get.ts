import { z } from "zod";
import { notFound } from "@/domain/errors";
import { eventId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { toEventView, toTraceView, tracedEventView } from "../../views/event";

/** One event and, per webhook, its delivery or why there is none. */
export const getEvent = readProcedure
  .input(
    z.object({
      event_id: eventId,
      details: z.boolean().default(false).meta({ dashboardOnly: true }),
    }),
  )
  .output(tracedEventView)
  .query(async ({ ctx, input: { event_id, details } }) => {
    const found = await ctx.runtime.store.getEvent(ctx.customerId, event_id);
    if (!found) throw notFound("event");
    return {
      ...toEventView(found.event),
      webhooks: found.traces.map((trace) => toTraceView(trace, { details })),
    };
  });

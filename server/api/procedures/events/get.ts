import { z } from "zod";
import { notFound } from "@/domain/errors";
import { eventId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { toAgentTraceView } from "../../views/agent";
import { toEventView, toTraceView, tracedEventView } from "../../views/event";

/** One event and, per webhook and agent, its delivery or why there is none. */
export const getEvent = readProcedure
  .input(
    z.object({
      event_id: eventId,
      details: z.boolean().default(false).meta({ dashboardOnly: true }),
    }),
  )
  .output(tracedEventView)
  .query(async ({ ctx, input: { event_id, details } }) => {
    const { store } = ctx.runtime;
    const found = await store.getEvent(ctx.customerId, event_id);
    if (!found) throw notFound("event");
    const agents = await store.traceForAgents(ctx.customerId, event_id);
    return {
      ...toEventView(found.event),
      webhooks: found.traces.map((trace) => toTraceView(trace, { details })),
      agents: agents.map((trace) => toAgentTraceView(trace, { details })),
    };
  });

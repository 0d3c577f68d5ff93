import { z } from "zod";
import { notFound } from "@/domain/errors";
import { agentId } from "../../inputs";
import { changeProcedure } from "../../trpc";

/** Nothing more is sent to the agent, and what waits for it is cancelled. It may subscribe again while its key lasts. */
export const endAgent = changeProcedure
  .input(z.object({ agent_id: agentId }))
  .output(z.null())
  .mutation(async ({ ctx, input }) => {
    const wasThere = await ctx.runtime.store.unsubscribe(ctx.customerId, input.agent_id, ctx.by);
    if (!wasThere) throw notFound("agent");
    return null;
  });

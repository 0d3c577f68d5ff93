import { z } from "zod";
import { showAgents } from "../../show-agents";
import { readProcedure } from "../../trpc";
import { agentView } from "../../views/agent";

/** What agents subscribed to, newest first, as long as it lasts. */
export const listAgents = readProcedure.output(z.array(agentView)).query(async ({ ctx }) => {
  const subscriptions = await ctx.runtime.store.listSubscriptions(ctx.customerId);
  return showAgents(ctx.runtime, ctx.customerId, subscriptions);
});

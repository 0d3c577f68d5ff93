import { z } from "zod";
import { notFound } from "@/domain/errors";
import { userId } from "../../inputs";
import { teamProcedure } from "../../trpc";
import { lastOwner } from "./last-owner";

/** Takes somebody off the team; sessions see nothing of the customer from then on. */
export const removeMember = teamProcedure
  .input(z.object({ user_id: userId }))
  .output(z.null())
  .mutation(async ({ ctx, input }) => {
    const answer = await ctx.runtime.store.removeMember(ctx.customerId, input.user_id, ctx.by);
    if (answer === "not_found") throw notFound("member");
    if (answer === "last_owner") throw lastOwner();
    return null;
  });

import { z } from "zod";
import { roles } from "@/db/store";
import { notFound } from "@/domain/errors";
import { userId } from "../../inputs";
import { teamProcedure } from "../../trpc";
import { lastOwner } from "./last-owner";

export const setRole = teamProcedure
  .input(z.object({ user_id: userId, role: z.enum(roles) }))
  .output(z.null())
  .mutation(async ({ ctx, input }) => {
    const { user_id: userId, role } = input;
    const answer = await ctx.runtime.store.setRole({ userId, customerId: ctx.customerId, role }, ctx.by);
    if (answer === "not_found") throw notFound("member");
    if (answer === "last_owner") throw lastOwner();
    return null;
  });

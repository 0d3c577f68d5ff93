import { z } from "zod";
import { notFound } from "@/domain/errors";
import { invitationId } from "../../inputs";
import { teamProcedure } from "../../trpc";

export const revokeInvitation = teamProcedure
  .input(z.object({ invitation_id: invitationId }))
  .output(z.null())
  .mutation(async ({ ctx, input }) => {
    const wasOpen = await ctx.runtime.store.revokeInvitation(ctx.customerId, input.invitation_id, ctx.by);
    if (!wasOpen) throw notFound("invitation");
    return null;
  });

import { z } from "zod";
import { teamProcedure } from "../../trpc";
import { invitationView, toInvitationView } from "../../views/team";

/** The invitations that can still be accepted. */
export const listInvitations = teamProcedure.output(z.array(invitationView)).query(async ({ ctx }) => {
  const invitations = await ctx.runtime.store.listInvitations(ctx.customerId);
  return invitations.map(toInvitationView);
});

import { z } from "zod";
import { listTeam } from "@/server/auth/team";
import { teamProcedure } from "../../trpc";
import { memberView, toMemberView } from "../../views/team";

/** The people of the customer, oldest member first. */
export const listMembers = teamProcedure.output(z.array(memberView)).query(async ({ ctx }) => {
  const team = await listTeam(ctx.runtime.auth, ctx.customerId);
  return team.map(toMemberView);
});

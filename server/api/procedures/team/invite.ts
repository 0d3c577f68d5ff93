import { z } from "zod";
import { roles } from "@/db/store";
import { notFound } from "@/domain/errors";
import { createInvitationLink } from "@/server/auth/team";
import { teamProcedure } from "../../trpc";
import { invitationView, toInvitationView } from "../../views/team";

/** A single-use link that makes whoever opens it a member. No mail is sent: the owner passes it on. */
export const invite = teamProcedure
  .input(z.object({ role: z.enum(roles) }))
  .output(invitationView.extend({ url: z.url() }))
  .mutation(async ({ ctx, input }) => {
    const link = await createInvitationLink(ctx.runtime.auth, input.role, ctx.by);
    if (!link) throw notFound("customer");
    return { ...toInvitationView(link.invitation), url: `${ctx.site()}${link.path}` };
  });

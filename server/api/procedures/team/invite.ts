import { z } from "zod";
import { roles } from "@/db/store";
import { newToken } from "@/server/auth/keys";
import { notFound } from "@/server/domain/errors";
import { teamProcedure } from "../../trpc";
import { invitationView, toInvitationView } from "../../views/customer";

const lastsMs = 7 * 24 * 60 * 60 * 1000;

/** A single-use link that makes whoever opens it a member. No mail is sent: the owner passes it on. */
export const invite = teamProcedure
  .input(z.object({ role: z.enum(roles) }))
  .output(invitationView.extend({ url: z.url() }))
  .mutation(async ({ ctx, input }) => {
    const { store, newId, env } = ctx.runtime;
    const { token, hash } = newToken();
    const invitation = { id: newId(), customerId: ctx.customerId, role: input.role, hash, lastsMs };
    const stored = await store.createInvitation(invitation);
    if (!stored) throw notFound("customer");
    return { ...toInvitationView(stored), url: `${env.publicUrl}/invitation/${token}` };
  });

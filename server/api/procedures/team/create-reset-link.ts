import { z } from "zod";
import { notFound } from "@/domain/errors";
import { createMemberResetLink } from "@/server/auth/reset-link";
import { userId } from "../../inputs";
import { teamProcedure } from "../../trpc";

/** A link with which a member sets a new password. No mail is sent: the owner passes it on. */
export const createResetLink = teamProcedure
  .input(z.object({ user_id: userId }))
  .output(z.object({ url: z.url() }))
  .mutation(async ({ ctx, input }) => {
    const path = await createMemberResetLink(ctx.runtime.auth, input.user_id, ctx.by);
    if (path === null) throw notFound("member");
    return { url: `${ctx.site()}${path}` };
  });

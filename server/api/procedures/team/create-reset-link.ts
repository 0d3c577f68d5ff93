import { z } from "zod";
import { notFound } from "@/domain/errors";
import { resetMail } from "@/domain/notice/access-mails";
import { listPeople } from "@/server/auth/person";
import { createMemberResetLink } from "@/server/auth/reset-link";
import { userId } from "../../inputs";
import { teamProcedure } from "../../trpc";
import { sendLink } from "./send-link";

/** A link with which a member sets a new password. It is mailed to the member, or the owner passes it on. */
export const createResetLink = teamProcedure
  .input(z.object({ user_id: userId }))
  .output(
    z.object({
      url: z.url(),
      sent_to: z.string().nullable().describe("Whom it was mailed to; null when the owner passes it on"),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const { runtime, customerId } = ctx;
    const path = await createMemberResetLink(runtime.auth, input.user_id, ctx.by);
    if (path === null) throw notFound("member");
    const url = `${ctx.site()}${path}`;
    const [person] = await listPeople(runtime.auth, [input.user_id]);
    return { url, sent_to: await sendLink(runtime, customerId, person?.email ?? null, resetMail(url)) };
  });

import { z } from "zod";
import { notFound } from "@/domain/errors";
import { noticeKinds } from "@/domain/notice/kinds";
import { personProcedure } from "../../trpc";
import { noticeChoiceView, toNoticeChoiceView } from "../../views/notice";

/** Chooses what to hear of webhooks by mail, from now on. Nothing is sent before the address is confirmed. */
export const chooseNotices = personProcedure
  .input(z.object({ kinds: z.array(z.enum(noticeKinds)).max(noticeKinds.length) }))
  .output(noticeChoiceView)
  .mutation(async ({ ctx, input }) => {
    const { id, email } = ctx.person;
    const choice = await ctx.runtime.store.chooseNotices({ userId: id, kinds: input.kinds }, ctx.by);
    if (!choice) throw notFound("member");
    return toNoticeChoiceView(choice, email, ctx.runtime.mailer !== null);
  });

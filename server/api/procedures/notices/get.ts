import { notFound } from "@/domain/errors";
import { personProcedure } from "../../trpc";
import { noticeChoiceView, toNoticeChoiceView } from "../../views/notice";

/** What whoever is signed in hears of webhooks by mail. */
export const getNoticeChoice = personProcedure.output(noticeChoiceView).query(async ({ ctx }) => {
  const { id, email } = ctx.person;
  const choice = await ctx.runtime.store.findNoticeChoice(id);
  if (!choice) throw notFound("member");
  return toNoticeChoiceView(choice, email, ctx.runtime.mailer !== null);
});

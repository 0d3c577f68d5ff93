import { z } from "zod";
import type { NoticeChoice } from "@/db/store";
import { noticeKinds } from "@/domain/notice/kinds";

export const noticeChoiceView = z.object({
  is_mailed: z.boolean().describe("Whether this installation sends mails"),
  address: z.string().describe("The address that you sign in with"),
  is_confirmed: z.boolean().describe("Whether it was proved to be yours: only then anything is sent there"),
  kinds: z.array(z.enum(noticeKinds)).describe("What you hear of by mail; none when empty"),
});

export const toNoticeChoiceView = (
  choice: NoticeChoice,
  address: string,
  isMailed: boolean,
): z.infer<typeof noticeChoiceView> => ({
  is_mailed: isMailed,
  address,
  is_confirmed: choice.address === address,
  kinds: choice.kinds,
});

import { tooMany } from "@/domain/errors";
import type { MailContent } from "@/domain/notice/mail-text";
import type { Runtime } from "@/server/process/runtime";

/**
 * Mails a link that an owner has made, where this installation sends mails. Answers whom it was sent to; null when it was
 * not, so that the owner passes the link on. Throws ApiError 429 when a customer sends too many.
 */
export async function sendLink(
  { auth, mailer, log }: Runtime,
  customerId: string,
  to: string | null,
  mail: MailContent,
): Promise<string | null> {
  if (!mailer || to === null) return null;
  const waitMs = auth.teamMails.take(customerId);
  if (waitMs > 0) throw tooMany("Your team has sent many mails already.", Math.ceil(waitMs / 1_000));
  return mailer.send({ to, ...mail }).then(
    () => to,
    (err: unknown) => {
      log.error({ err }, "A mail could not be sent");
      return null;
    },
  );
}

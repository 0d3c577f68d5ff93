import { z } from "zod";
import { conflict, tooMany, unavailable } from "@/domain/errors";
import { addressMail } from "@/domain/notice/access-mails";
import { createAddressPath } from "@/server/auth/notices";
import { personProcedure } from "../../trpc";

/** Sends a mail with a link that proves the address that one signs in with. */
export const sendConfirmation = personProcedure.output(z.null()).mutation(async ({ ctx }) => {
  const { auth, mailer, log } = ctx.runtime;
  const person = ctx.person;
  if (!mailer) throw conflict("no_mail", "This installation sends no mails.");
  const waitMs = auth.addressMails.take(person.id);
  if (waitMs > 0) throw tooMany("You asked for several mails already.", Math.ceil(waitMs / 1_000));
  const url = `${ctx.site()}${createAddressPath(auth, person)}`;
  await mailer.send({ to: person.email, ...addressMail(url) }).catch((err: unknown) => {
    log.error({ err }, "A mail could not be sent");
    throw unavailable("The mail could not be sent. Try again in a while.");
  });
  return null;
});

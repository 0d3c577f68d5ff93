import { createTransport } from "nodemailer";
import type { MailContent } from "@/domain/notice/mail-text";

export type Mail = MailContent & {
  to: string;
  /** Where the reader's mail program ends these mails with one click (RFC 8058); none for what was asked for. */
  unsubscribe?: string;
};

export type Mailer = {
  /** Resolves once the server has taken the mail; throws when it did not. */
  send(mail: Mail): Promise<void>;
  close(): void;
};

/** A server that says nothing for so long has not taken the mail. */
const patienceMs = 10_000;

/** Sends mails over SMTP, a connection for each: they are few. `smtpUrl` is `smtp://` or `smtps://`. */
export function createMailer({ smtpUrl, mailFrom }: { smtpUrl: string; mailFrom: string }): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    dnsTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, unsubscribe, ...content }) {
      await transport.sendMail({
        from: mailFrom,
        to: { name: "", address: to },
        ...content,
        headers: { "Auto-Submitted": "auto-generated", ...(unsubscribe && oneClick(unsubscribe)) },
      });
    },
    close: () => transport.close(),
  };
}

const oneClick = (url: string) => ({
  "List-Unsubscribe": { prepared: true, value: `<${url}>` },
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
});

import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Digest } from "@/db/store";
import { sendDigests } from "./digests";
import { createMailer } from "./mailer";

const site = "https://hooks.example.com/fanfare";
let server: SMTPServer;
let received: { to: string[]; raw: string; mail: Email }[];
let refusals: number;
beforeEach(async () => {
  received = [];
  refusals = 0;
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    async onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      if (refusals > 0) {
        refusals -= 1;
        return callback(Object.assign(new Error("Try again later"), { responseCode: 451 }));
      }
      const raw = Buffer.concat(chunks).toString();
      const to = session.envelope.rcptTo.map(({ address }) => address);
      received.push({ to, raw, mail: await PostalMime.parse(raw) });
      callback();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

const startedAt = "2026-03-19T02:11:40.318Z";
const cause = {
  code: "unavailable",
  confidence: "likely",
  meaning: "Your endpoint says that it is unavailable (503).",
  next_step: "Check whether the application runs.",
} as const;
const digest = (more: Partial<Digest["webhooks"][number]> = {}): Digest => ({
  userId: "ada",
  address: "ada@northwind.example",
  customerName: "Northwind",
  upTo: 7,
  lease: 3,
  webhooks: [
    {
      id: "0193e1c4",
      url: "https://crm.northwind.example/hooks?token=secret",
      description: "CRM",
      notices: [{ kind: "failing", at: 0, data: { started_at: startedAt, cause } }],
      ...more,
    },
  ],
});

/** Sends what is due, and says how each mail ended. */
async function send(...due: Digest[]) {
  const { port } = server.server.address() as AddressInfo;
  const mailer = createMailer({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    mailFrom: "Fanfare <hooks@example.com>",
  });
  const ended: boolean[] = [];
  const store = {
    claimDigest: async () => due.shift() ?? null,
    settleDigest: async (_: unknown, isSent: boolean) => {
      ended.push(isSent);
      return "settled" as const;
    },
  };
  const log = { error: vi.fn(), warn: vi.fn() };
  const count = due.length;
  const stop = sendDigests({
    store,
    mailer,
    log,
    site,
    unsubscribeUrl: (userId) => `${site}/unsubscribe/${userId}`,
  });
  await vi.waitFor(() => expect(ended).toHaveLength(count), { timeout: 10_000 });
  await stop();
  mailer.close();
  return { ended, log };
}

test("a mail says what happened, as text and as HTML, and leads to the webhook", async () => {
  expect((await send(digest())).ended).toEqual([true]);
  const [{ to, mail } = { to: [], mail: null }] = received;
  expect(to).toEqual(["ada@northwind.example"]);
  expect(mail?.from).toMatchObject({ name: "Fanfare", address: "hooks@example.com" });
  expect(mail?.subject).toBe("CRM is failing");
  for (const body of [mail?.text, mail?.html]) {
    expect(body).toContain("It fails since 2026-03-19 02:11");
    expect(body).toContain(cause.next_step);
    expect(body).toContain(`${site}/dashboard/webhooks/0193e1c4`);
    expect(body).not.toContain("secret");
  }
});

test("a mail program can end all mails with one click", async () => {
  await send(digest());
  const headers = new Map(received[0]?.mail.headers.map(({ key, value }) => [key, value]));
  expect(headers.get("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  expect(headers.get("list-unsubscribe")).toBe(`<${site}/unsubscribe/ada/one-click>`);
  expect(headers.get("auto-submitted")).toBe("auto-generated");
});

test("a name that a customer chose is neither a header nor HTML", async () => {
  await send(digest({ description: "CRM\r\nBcc: eve@example.com\r\n\r\n<script>alert(1)</script>" }));
  const [{ to, raw, mail } = { to: [], raw: "", mail: null }] = received;
  expect(to).toEqual(["ada@northwind.example"]);
  expect(raw.split("\r\n\r\n")[0]).not.toMatch(/^bcc:/im);
  expect(mail?.subject).toBe("CRM Bcc: eve@example.com <script>alert(1)</script> is failing");
  expect(mail?.html).not.toContain("<script>");
  expect(mail?.html).toContain("&lt;script&gt;");
});

test("a webhook without words is called by its host", async () => {
  await send(digest({ description: null }));
  expect(received[0]?.mail.subject).toBe("crm.northwind.example is failing");
});

test("a server that refuses is told of in the log, and keeps no other mail", async () => {
  refusals = 1;
  const { ended, log } = await send(digest(), digest({ description: "Billing" }));
  expect(ended).toEqual([false, true]);
  expect(received.map(({ mail }) => mail.subject)).toEqual(["Billing is failing"]);
  expect(log.warn).toHaveBeenCalledOnce();
  expect(log.error).not.toHaveBeenCalled();
});

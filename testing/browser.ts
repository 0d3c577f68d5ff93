import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, test as base, expect, type Page } from "playwright/test";
import { type Account, signUp } from "./account";
import { type App, startApp } from "./app";
import { type Authority, createAuthority } from "./certificates";
import { type Receiver, startReceiver } from "./receiver";

export { expect };

/** Opens /metrics. */
export const metricsToken = "token-of-the-stories";

type Story = {
  /** A receiver of its own, which the product trusts. */
  receiver: Receiver;
  /** Signs somebody new up in this test's browser. */
  account: Account;
  /** Opens a page in another browser that nobody has used before. */
  newVisitor: () => Promise<Page>;
  /** Such a page. */
  visitor: Page;
  /** Complaints of the browser that a story provokes on purpose. */
  tolerated: RegExp[];
};

/** The product, started once for all stories. */
type Stage = { authority: Authority; app: App };

/** A story in a real browser. It fails when the browser reports an error or a breach of the content policy. */
export const test = base.extend<Story, Stage>({
  authority: [
    async ({ browserName }, use) => {
      const folder = mkdtempSync(join(tmpdir(), "fanfare-story-"));
      await use(await createAuthority(folder, `Fanfare Test CA for ${browserName}`));
      rmSync(folder, { recursive: true });
    },
    { scope: "worker" },
  ],
  app: [
    async ({ authority }, use) => {
      const app = await startApp({
        env: {
          NODE_EXTRA_CA_CERTS: authority.caFile,
          RETRY_SCHEDULE: "1s,1s",
          DELIVERY_TIMEOUT: "3s",
          METRICS_TOKEN: metricsToken,
          TRUSTED_PROXIES: "127.0.0.1/32",
        },
      });
      await use(app);
      await app.remove();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  baseURL: ({ app }, use) => use(app.url),
  tolerated: [[], { option: true }],
  context: async ({ context, tolerated }, use) => {
    const complaints: string[] = [];
    listenTo(context, tolerated, complaints);
    await use(context);
    expect(complaints, "complaints of the browser").toEqual([]);
  },
  receiver: async ({ authority }, use) => {
    const receiver = await startReceiver({ tls: await authority.issue() });
    await use(receiver);
    await receiver.close();
  },
  account: async ({ app, context }, use) => use(await signUp(app, context.request)),
  newVisitor: async ({ app, browser, tolerated }, use) => {
    const complaints: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL: app.url });
      contexts.push(context);
      listenTo(context, tolerated, complaints);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    expect(complaints, "complaints of the visitors' browsers").toEqual([]);
  },
  visitor: async ({ newVisitor }, use) => use(await newVisitor()),
});

/** Collects what the browser complains of. It reports a breach of the content policy as an error, too. */
function listenTo(context: BrowserContext, tolerated: RegExp[], complaints: string[]): void {
  const note = (complaint: string) => {
    if (!tolerated.some((pattern) => pattern.test(complaint))) complaints.push(complaint);
  };
  context.on("console", (message) => {
    if (message.type() === "error") note(`${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => note(String(error.error())));
}

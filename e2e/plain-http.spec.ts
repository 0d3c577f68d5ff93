import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { accountFor, newPerson } from "@/testing/account";
import { type App, startApp } from "@/testing/app";
import { test as base, expect } from "@/testing/browser";
import { visitable } from "@/testing/pages";
import { deliveryRows, openWebhook, secretShown, visit, webhookRow } from "@/testing/screen";

const host = "fanfare.test";

/** The product as colleagues open it inside a network: over plain http, by a name. Tests call it by its address. */
const test = base.extend<object, { app: App }>({
  app: [
    async ({ authority }, use) => {
      const port = String(await freePort());
      const app = await startApp({
        env: { NODE_EXTRA_CA_CERTS: authority.caFile, PORT: port, PUBLIC_URL: `http://${host}:${port}` },
      });
      await use({ ...app, url: `http://127.0.0.1:${port}` });
      await app.remove();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  baseURL: ({ app }, use) => use(app.url.replace("127.0.0.1", host)),
  // Only this browser knows the name, so the account is made in it.
  account: async ({ app, page }, use) => {
    const person = newPerson();
    await visit(page, "/sign-up");
    await page.getByLabel("Company").fill(person.company);
    await page.getByLabel("Your name").fill(person.name);
    await page.getByLabel("Email").fill(person.email);
    await page.getByLabel("Password").fill(person.password);
    await page.getByRole("button", { name: "Sign up" }).click();
    await expect(page.getByRole("heading", { name: "Webhooks" })).toBeVisible();
    expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
    const customerId = await page.evaluate(async () => {
      const answer = await fetch("/api/trpc/session.get");
      return (await answer.json()).result.data.customer.id;
    });
    await use(accountFor(app, customerId, person));
  },
});

test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), `--host-resolver-rules=MAP ${host} 127.0.0.1`],
    }),
  // A header that only helps where it is trusted: the browser says that it does not use it here.
  tolerated: [/Cross-Origin-Opener-Policy header has been ignored/],
});

test("a secret that is shown once can be copied", async ({ page, account, receiver }) => {
  await account.call("GET", "/webhooks");
  await visit(page, "/dashboard?new=1");
  const dialog = page.getByRole("dialog", { name: "New webhook" });
  await dialog.getByLabel("Endpoint URL").fill(receiver.url);
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  const secret = await secretShown(page);
  await page.getByRole("dialog").getByRole("button", { name: "Copy" }).click();
  await expect(page.getByRole("dialog").getByText("Copied", { exact: true })).toBeAttached();
  await page.getByRole("button", { name: "I have copied it" }).click();
  const search = page.getByLabel("Search webhooks");
  await search.focus();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(search).toHaveValue(secret);
  await search.fill("");

  await webhookRow(page, receiver.url).getByRole("button", { name: /^More/ }).click();
  await page.getByRole("menuitem", { name: "Copy URL" }).click();
  await expect(page.getByText("URL copied")).toBeVisible();
  await search.focus();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(search).toHaveValue(receiver.url);
});

test("a request is copied with all its lines", async ({ page, account, receiver }) => {
  const id = await account.addWebhook({ webhook_url: receiver.url, secret: "a secret of my own" });
  await account.publish({ search_id: "a-search", hit_count: 2 });
  await openWebhook(page, id);
  await deliveryRows(page, "Delivered").getByRole("link").click();
  await page.getByRole("button", { name: "Copy as…" }).click();
  await page.getByRole("menuitem", { name: "cURL, signed now" }).click();
  await expect(page.getByText("Copied as cURL, signed now")).toBeVisible();
  await visit(page, "/dashboard/signature");
  await page.getByLabel("Headers").focus();
  await page.keyboard.press("ControlOrMeta+v");
  const pasted = page.getByLabel("Headers");
  await expect(pasted).toHaveValue(/^curl -X POST .*\\\n {2}-H .*webhook-signature: v1,/s);
});

test("every page works", async ({ page, account, receiver }) => {
  test.slow();
  for (const { path, heading } of await visitable(page, account, receiver)) {
    await visit(page, path);
    await expect(page.getByRole("heading", { name: heading }).first()).toBeVisible();
  }
  const remembered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("radio", { name: "Dark" }).click();
  await remembered;
  await page.reload();
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

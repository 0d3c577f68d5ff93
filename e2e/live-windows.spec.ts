import type { Page } from "playwright/test";
import { signUp } from "@/testing/account";
import type { App } from "@/testing/app";
import { expect, metricsToken, test } from "@/testing/browser";
import { deliveryRows, openWebhook, visit } from "@/testing/screen";

/** More than the six connections that a browser allows per origin over HTTP/1.1. */
const windows = 8;

const liveBadge = (page: Page) => page.getByRole("status").getByText("Live", { exact: true }).first();

/** How many live streams the server holds. */
async function openStreams(app: App): Promise<number> {
  const headers = { authorization: `Bearer ${metricsToken}` };
  const text = await (await fetch(`${app.url}/metrics`, { headers })).text();
  return Number(/^fanfare_live_streams (\d+)$/m.exec(text)?.[1]);
}

test("eight windows are live over one stream, and go on when the window that holds it closes", async ({
  app,
  context,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  const holders: Page[] = [];
  const open: Page[] = [];
  for (let count = 0; count < windows; count += 1) {
    const page = await context.newPage();
    page.on("request", (request) => {
      if (request.url().includes("/api/trpc/live.")) holders.push(page);
    });
    await openWebhook(page, id);
    await expect(liveBadge(page)).toBeVisible();
    open.push(page);
  }
  await expect.poll(() => openStreams(app)).toBe(1);
  await account.publish();
  for (const page of open) await expect(deliveryRows(page, "Delivered")).toHaveCount(1);

  const holder = holders.at(-1);
  await holder?.close();
  await account.publish();
  const others = open.filter((page) => page !== holder);
  expect(others).toHaveLength(windows - 1);
  for (const page of others) {
    await expect(deliveryRows(page, "Delivered")).toHaveCount(2);
    await expect(liveBadge(page)).toBeVisible();
  }
  await expect.poll(() => openStreams(app)).toBe(1);
});

test("a window shows nothing of the customer whose window is still open beside it", async ({
  app,
  context,
  page,
  account,
  receiver,
}) => {
  await account.addWebhook({ webhook_url: receiver.url });
  await visit(page, "/dashboard/deliveries");
  await expect(liveBadge(page)).toBeVisible();
  const other = await signUp(app, context.request);
  await other.addWebhook({ webhook_url: receiver.url });
  const window = await context.newPage();
  await visit(window, "/dashboard/deliveries");
  await expect(liveBadge(window)).toBeVisible();
  await account.publish();
  await receiver.waitFor(1);
  await other.publish();
  await expect(deliveryRows(window, "Delivered")).toHaveCount(1);
});

import { startApp } from "@/testing/app";
import { test as base, expect } from "@/testing/browser";
import { visit, webhookRow } from "@/testing/screen";

/** A product of its own, which is stopped while others go on. */
const test = base.extend({
  app: [
    async ({ authority }, use) => {
      const app = await startApp({
        env: { NODE_EXTRA_CA_CERTS: authority.caFile, TRUSTED_PROXIES: "127.0.0.1/32" },
      });
      await use(app);
      await app.remove();
    },
    { scope: "worker", timeout: 300_000 },
  ],
});
// The browser tells of every request that found nobody.
test.use({
  tolerated: [/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|status of 50/],
});

const tellsWithinMs = 5_000;

test("a lost network is told of within 5 s, and the last good page stays, whatever is pressed", async ({
  page,
  context,
  account,
  receiver,
}) => {
  await account.addWebhook({ webhook_url: receiver.url });
  await visit(page, "/dashboard");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText("Offline since")).toBeVisible({ timeout: tellsWithinMs });
  await page.getByRole("link", { name: "Deliveries" }).click();
  await expect(page.getByText("Until then this page stays")).toBeVisible();
  await expect(webhookRow(page, receiver.url)).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("Offline since")).toHaveCount(0);
  await page.getByRole("link", { name: "Deliveries" }).click();
  await expect(page).toHaveURL(/deliveries/);
});

test("so is a server that is gone, and the page goes on by itself once it is back", async ({
  page,
  app,
  account,
  receiver,
}) => {
  test.setTimeout(120_000);
  await account.addWebhook({ webhook_url: receiver.url });
  await visit(page, "/dashboard");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await app.stop();
  await expect(page.getByText("Offline since")).toBeVisible({ timeout: tellsWithinMs });
  // Longer than the page waits before it asks for everything again: nothing of that takes anything away.
  await page.waitForTimeout(2 * tellsWithinMs);
  await expect(webhookRow(page, receiver.url)).toBeVisible();
  await app.start();
  await expect(page.getByText("Offline since")).toHaveCount(0);
  await account.publish();
  await expect(webhookRow(page, receiver.url)).toContainText("200");
});

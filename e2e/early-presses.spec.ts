import type { Page } from "playwright/test";
import { expect, test } from "@/testing/browser";

/** Opens a page whose scripts are still on their way; answers how to let them come. */
async function openAsleep(page: Page, path: string): Promise<() => void> {
  let wake = () => {};
  const isAwake = new Promise<void>((resolve) => {
    wake = resolve;
  });
  await page.route("**/*.js", async (route) => {
    await isAwake;
    await route.continue();
  });
  await page.goto(path, { waitUntil: "commit" });
  return wake;
}

test("a button pressed before the page is awake does its work once it is", async ({
  page,
  account,
  receiver,
}) => {
  await account.addWebhook({ webhook_url: receiver.url });
  const wake = await openAsleep(page, "/dashboard");
  await page.getByRole("button", { name: "Send test" }).click();
  await page.getByRole("button", { name: "Send test" }).click();
  wake();
  await expect(page.getByText("Test delivered: 200")).toBeVisible();
  expect(receiver.requests).toHaveLength(1);
});

test("the last press counts: a menu opens, and what was pressed before it does not", async ({
  page,
  account,
  receiver,
}) => {
  await account.addWebhook({ webhook_url: receiver.url });
  const wake = await openAsleep(page, "/dashboard");
  await page.getByRole("button", { name: /^Add webhook/ }).click();
  await page.getByRole("button", { name: `More for ${receiver.url}` }).click();
  wake();
  await expect(page.getByRole("menuitem", { name: "Copy URL" })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a form sent before the page is awake loads no page, and answers once it is", async ({
  page,
  account,
}) => {
  await account.addWebhook({ webhook_url: "https://example.com/hook" });
  const wake = await openAsleep(page, "/dashboard/signature");
  const openedAt = await page.evaluate(() => performance.timeOrigin);
  await page.getByRole("button", { name: "Check" }).click();
  wake();
  await expect(page.locator("main form").getByRole("listitem").first()).toBeVisible();
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(openedAt);
});

test("presses are listened for before there is anything to press", async ({ page, account }) => {
  await account.addWebhook({ webhook_url: "https://example.com/hook" });
  const html = await (await page.request.get("/dashboard")).text();
  const listening = html.indexOf("pointerdown");
  expect(listening).toBeGreaterThan(0);
  expect(listening).toBeLessThan(html.indexOf("<button"));
});

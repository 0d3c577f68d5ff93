import type { Page } from "playwright/test";
import { expect, test } from "@/testing/browser";
import { visitable } from "@/testing/pages";
import { deliveryRows, visit, webhookRow } from "@/testing/screen";

test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

const overflowPx = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test("on a phone no page scrolls sideways", async ({ page, account, receiver }) => {
  receiver.answerNext({ status: 500, body: "x".repeat(300) });
  const long = `${receiver.url}/${"a-long-path/".repeat(20)}?token=${"x".repeat(60)}`;
  await account.addWebhook({ webhook_url: long, description: "d".repeat(200), events: [] });
  const key = { name: "Monitoring", access: "read" };
  await account.call("POST", `/customers/${account.customerId}/api-keys`, key);
  for (const { path, heading } of await visitable(page, account, receiver)) {
    await visit(page, path);
    await expect(page.getByRole("heading", { name: heading }).first()).toBeVisible();
    expect(await overflowPx(page), path).toBe(0);
  }
});

test("on a phone a webhook is added, and its first delivery looked at", async ({
  page,
  account,
  receiver,
}) => {
  await visit(page, "/dashboard");
  await page.getByRole("link", { name: "Add your first webhook" }).tap();
  await page.getByLabel("Endpoint URL").fill(receiver.url);
  await page.getByLabel("search_completed").check();
  await page.getByRole("dialog").getByRole("button", { name: "Add webhook" }).tap();
  expect(await overflowPx(page)).toBe(0);
  await page.getByRole("button", { name: "I have copied it" }).tap();
  await expect(webhookRow(page, receiver.url)).toBeVisible();
  await account.publish();
  await page.getByRole("button", { name: "Open the navigation" }).tap();
  await page.getByRole("link", { name: "Deliveries" }).tap();
  await deliveryRows(page, "Delivered").getByRole("link").tap();
  await expect(page.getByRole("dialog", { name: "Delivery" }).getByText("Delivered")).toBeVisible();
  expect(await overflowPx(page)).toBe(0);
});

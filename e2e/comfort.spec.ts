import type { Page } from "playwright/test";
import { expect, test } from "@/testing/browser";
import { deliveryRows, openWebhook, secretShown, visit } from "@/testing/screen";

test("a page that scrolls stays where it is while a menu, a list of choices, a drawer or ⌘K is open", async ({
  page,
  account,
  receiver,
}) => {
  await page.setViewportSize({ width: 1280, height: 480 });
  const id = await account.addWebhook({ webhook_url: receiver.url });
  for (let count = 0; count < 12; count += 1) await account.publish();
  await openWebhook(page, id);
  await expect(deliveryRows(page, "Delivered")).toHaveCount(12);
  expect(await page.evaluate(() => innerWidth - document.documentElement.clientWidth)).toBeGreaterThan(0);
  const edges = () => page.locator("main").evaluate((main) => JSON.stringify(main.getBoundingClientRect()));
  const before = await edges();
  await page.getByRole("button", { name: /^More for/ }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  expect(await edges()).toBe(before);
  await page.keyboard.press("Escape");
  await page.getByRole("combobox", { name: "Event type" }).click();
  await expect(page.getByRole("listbox")).toBeVisible();
  expect(await edges()).toBe(before);
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(await edges()).toBe(before);
  await page.keyboard.press("Escape");
  await deliveryRows(page, "Delivered").first().getByRole("link").click();
  await expect(page.getByRole("dialog", { name: "Delivery" })).toBeVisible();
  expect(await edges()).toBe(before);
});

test("a secret that is shown once is closed by its buttons alone", async ({ page, account, receiver }) => {
  expect(account.email).not.toBe("");
  await visit(page, "/dashboard?new=1");
  await page.getByLabel("Endpoint URL").fill(receiver.url);
  await page.getByRole("dialog").getByRole("button", { name: "Add webhook" }).click();
  const secret = await secretShown(page);
  await page.keyboard.press("Escape");
  await page.mouse.click(5, 5);
  expect(await secretShown(page)).toBe(secret);
  await expect(page.getByRole("dialog").getByRole("button", { name: "Close" })).toHaveCount(0);
  await page.getByRole("button", { name: "I have copied it", exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await visit(page, "/dashboard/keys");
  await page.keyboard.press("n");
  await page.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
  const key = await secretShown(page);
  await page.keyboard.press("Escape");
  expect(await secretShown(page)).toBe(key);
});

test("r sends what was delivered only after asking, and what failed at once", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await account.publish();
  await openWebhook(page, id);
  await deliveryRows(page, "Delivered").getByRole("link").click();
  await expect(page.getByRole("button", { name: "Redeliver…" })).toBeVisible();
  await page.keyboard.press("r");
  const question = page.getByRole("alertdialog", { name: "Send it a second time?" });
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toHaveCount(0);
  expect(receiver.requests).toHaveLength(1);
  receiver.answerAlways({ status: 410 });
  await page.keyboard.press("r");
  await question.getByRole("button", { name: "Redeliver" }).click();
  await receiver.waitFor(2);
  await expect(page.getByRole("dialog", { name: "Delivery" }).getByText("Failed")).toBeVisible();
  receiver.answerAlways({ status: 200 });
  await page.keyboard.press("r");
  await expect(page.getByText("On its way again").first()).toBeVisible();
});

const lines = (page: Page, label: string) =>
  page.getByRole("figure", { name: label }).locator("pre > div > div");

test("a payload is in colour and folds; a large one begins folded, and all of it can be had", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  const hits = Array.from({ length: 4_000 }, (_, number) => ({ number, name: "Ada Lindqvist", score: 0.5 }));
  const eventId = await account.publish({ search_id: "s-1", hit_count: 4_000, hits });
  await receiver.waitFor(1);
  const startedAt = Date.now();
  await visit(page, `/dashboard/webhooks/${id}/deliveries/${eventId}`);
  const request = page.getByRole("figure", { name: "Request" });
  await expect(request).toContainText("4,000 more");
  expect(Date.now() - startedAt).toBeLessThan(5_000);
  await expect(lines(page, "Request").filter({ hasText: "Ada Lindqvist" })).toHaveCount(0);
  await request.getByRole("button", { name: "Lines of hits" }).click();
  await expect(request.getByRole("button", { name: "Lines of hits" })).toHaveAttribute(
    "aria-expanded",
    "true",
  );
  await request.getByRole("button", { name: "Lines of this part" }).nth(1).click();
  await expect(request).toContainText('"name": "Ada Lindqvist"');
  await expect(request.getByRole("button", { name: /^Show more: [\d,]+ lines follow$/ })).toBeVisible();
  const colour = (text: string) =>
    request
      .getByText(text, { exact: true })
      .first()
      .evaluate((span) => getComputedStyle(span).color);
  expect(new Set([await colour('"name"'), await colour('"Ada Lindqvist"'), await colour("4000")]).size).toBe(
    3,
  );
});

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
  await account.call("PATCH", `/webhooks/${id}`, { is_active: true });
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
  await visit(page, `/dashboard/webhooks/${id}/deliveries/${eventId}`);
  const request = page.getByRole("figure", { name: "Request" });
  await expect(request).toContainText("4,000 more");
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

test("many that one webhook holds are one row, which unfolds and stays so in the address", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: `${receiver.url}/held` });
  const other = await account.addWebhook({ webhook_url: `${receiver.url}/other` });
  await account.call("POST", `/webhooks/${id}/pause`);
  for (let count = 0; count < 7; count += 1) await account.publish();
  await receiver.waitFor(7);
  expect(other).not.toBe(id);
  await visit(page, "/dashboard/deliveries");
  await expect(deliveryRows(page, "Delivered")).toHaveCount(7);
  const folded = page.getByRole("button", { name: "7 of this list are held: the webhook is paused" });
  await expect(folded).toHaveAttribute("aria-expanded", "false");
  await expect(deliveryRows(page, "Held", "/held")).toHaveCount(1);
  await folded.click();
  await expect(deliveryRows(page, "Held", "/held")).toHaveCount(8);
  await page.reload();
  await expect(deliveryRows(page, "Held", "/held")).toHaveCount(8);
  await folded.click();
  await expect(deliveryRows(page, "Held", "/held")).toHaveCount(1);
});

test("a delivery that is held shows what is planned for it once it is let go", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await account.call("POST", `/webhooks/${id}/pause`);
  const eventId = await account.publish();
  await visit(page, `/dashboard/webhooks/${id}/deliveries/${eventId}`);
  const attempts = page.getByRole("list", { name: "Attempts" }).getByRole("listitem");
  await expect(attempts).toHaveText([
    "1 · plannedonce let go",
    "2 · planned1 s later",
    "3 · planned1 s later",
  ]);
});

for (const [screen, viewport] of [
  ["a phone", { width: 390, height: 844 }],
  ["a laptop at 200 %", { width: 720, height: 450 }],
] as const) {
  test(`${screen} tells which endpoint a delivery went to`, async ({ page, account, receiver }) => {
    await page.setViewportSize(viewport);
    await account.addWebhook({ webhook_url: `${receiver.url}/case-management` });
    await account.publish();
    await visit(page, "/dashboard/deliveries");
    const path = deliveryRows(page, "Delivered").getByText("/case-management").filter({ visible: true });
    await expect(path).toBeVisible();
    await expect(path).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
  });
}

test("compact rows show more at once, and are remembered", async ({ page, account, receiver }) => {
  await account.addWebhook({ webhook_url: receiver.url });
  await account.publish();
  await visit(page, "/dashboard/deliveries");
  const row = deliveryRows(page, "Delivered");
  const height = async () => (await row.boundingBox())?.height ?? 0;
  await expect(row).toBeVisible();
  expect(await height()).toBe(45);
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByPlaceholder("Search webhooks and pages").fill("compact");
  const remembered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.keyboard.press("Enter");
  await remembered;
  await expect.poll(height).toBeLessThan(36);
  await page.reload();
  await expect.poll(height).toBeLessThan(36);
});

test("a long URL is one line", async ({ page, account }) => {
  const long = `https://example.com/${"long/".repeat(60)}end`;
  const id = await account.addWebhook({ webhook_url: long });
  await openWebhook(page, id);
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText(long);
  expect((await heading.boundingBox())?.height).toBeLessThan(30);
});

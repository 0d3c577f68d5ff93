import type { Page } from "playwright/test";
import { expect, test } from "@/testing/browser";
import { call } from "@/testing/client";
import { deliveryRows, visit } from "@/testing/screen";

// A wrong key is told in the page; the browser tells of the answer's status too.
test.use({ tolerated: [/status of 401/] });

async function signInAsOperator(page: Page, key: string, path = "/platform"): Promise<void> {
  await page.goto(path);
  await page.getByLabel("Your name").fill("Grace");
  await page.getByLabel("The platform's key").fill(key);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("an operator signs in with the platform's key, and lands where they wanted to", async ({
  newVisitor,
  app,
}) => {
  const page = await newVisitor();
  await signInAsOperator(page, "fp_not-the-platform's-key", "/platform/find?id=abc");
  await expect(page.getByRole("alert").filter({ hasText: "not the platform's key" })).toBeVisible();
  await page.getByLabel("The platform's key").fill(app.platformKey);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/platform\/find\?id=abc$/);
  await expect(page.getByText("Nothing has this id")).toBeVisible();
  await expect(page.getByText("Signed in as Grace")).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/\/platform\/sign-in$/);
  await page.goto("/platform/delivery");
  await page.waitForURL(/\/platform\/sign-in\?to=%2Fplatform%2Fdelivery$/);
});

test("a customer is found, renamed, and its dashboard opened", async ({
  newVisitor,
  app,
  account,
  receiver,
}) => {
  await account.addWebhook({ webhook_url: receiver.url });
  await account.publish();
  const page = await newVisitor();
  await signInAsOperator(page, app.platformKey);
  await page.getByRole("searchbox", { name: "Search customers" }).fill(account.customerId);
  const row = page.getByRole("table", { name: "Customers" }).locator("tbody").getByRole("row");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText("Active 1");
  await row.getByRole("button", { name: /^Rename/ }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Contoso & Sons");
  await page.keyboard.press("Enter");
  await expect(row).toContainText("Contoso & Sons");
  const opening = page.waitForEvent("popup");
  await row.getByRole("button", { name: /^Open dashboard/ }).click();
  const dashboard = await opening;
  await dashboard.getByRole("button", { name: "Open the dashboard" }).click();
  await dashboard.waitForURL(/\/dashboard$/);
  await expect(dashboard.getByText(receiver.url).first()).toBeVisible();
  await page.reload();
  await expect(page.getByText("Signed in as Grace")).toBeVisible();
});

test("an event is found by its id, whosever it is, and opened there", async ({
  newVisitor,
  app,
  account,
  receiver,
}) => {
  await account.addWebhook({ webhook_url: receiver.url });
  const id = await account.publish();
  await receiver.waitFor(1);
  const page = await newVisitor();
  await signInAsOperator(page, app.platformKey, "/platform/find");
  await page.getByRole("searchbox", { name: "Id" }).fill(id);
  await page.getByRole("button", { name: "Find" }).click();
  const became = page.getByRole("list", { name: "What became of it" });
  await expect(became).toContainText(receiver.url);
  await expect(became).toContainText("Delivered");
  const opening = page.waitForEvent("popup");
  await page.getByRole("button", { name: /^Open event/ }).click();
  const dashboard = await opening;
  await dashboard.getByRole("button", { name: "Open the dashboard" }).click();
  await dashboard.waitForURL(new RegExp(`/dashboard/events/${id}$`));
});

test("all delivery is paused after its effect was said, held truthfully, and resumed", async ({
  page,
  newVisitor,
  app,
  account,
  receiver,
}) => {
  const webhook = await account.addWebhook({ webhook_url: receiver.url });
  const operator = await newVisitor();
  await signInAsOperator(operator, app.platformKey, "/platform/delivery");
  try {
    await operator.getByRole("button", { name: "Pause all delivery…" }).click();
    const dialog = operator.getByRole("alertdialog");
    await expect(dialog).toContainText("every worker stops claiming within seconds");
    await expect(dialog).toContainText("Nothing is lost");
    await dialog.getByRole("button", { name: "Pause all delivery" }).click();
    const banner = operator.getByRole("status").filter({ hasText: "All delivery is paused" });
    await expect(banner).toContainText("by Grace");
    await expect(operator.getByRole("table", { name: "Workers" })).toContainText("Alive");
    await operator.waitForTimeout(1_500); // a heartbeat, at which workers learn of it
    await account.publish();
    await visit(page, `/dashboard/webhooks/${webhook}`);
    const held = deliveryRows(page, "Held", "held: the platform paused delivery");
    await expect(held).toHaveCount(1);
    await expect(page.getByRole("status").filter({ hasText: "The platform has paused" })).toBeVisible();
    expect(receiver.requests).toHaveLength(0);
    const ready = await call(app, "GET", "/readyz", {});
    expect(ready.body).toMatchObject({ delivery_paused_since: expect.any(String) });
    await operator.goto("/platform");
    await banner.getByRole("button", { name: "Resume delivery" }).click();
    await expect(banner).toBeHidden();
    await receiver.waitFor(1);
    await expect(deliveryRows(page, "Delivered")).toHaveCount(1);
  } finally {
    await operator.request.post(`${app.url}/api/trpc/platform.resumeDelivery`, {
      headers: { "x-api-key": app.platformKey },
      data: {},
    });
  }
});

test("its pages are for operators alone", async ({ page, account }) => {
  expect(account.customerId).toBeTruthy();
  for (const path of ["/platform", "/platform/find", "/platform/delivery"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/platform\/sign-in\?to=/);
  }
  const refused = await page.request.get("/api/trpc/platform.overview");
  expect(refused.status()).toBe(403);
});

import { expect, test } from "@/testing/browser";
import { choose, deliveryRows, openWebhook, visit } from "@/testing/screen";

test("a bar opens the deliveries behind it: all of them, or those that failed", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id);
  await account.publish();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(1);
  receiver.answerAlways({ status: 422 });
  const failed = await account.publish();
  await expect(deliveryRows(page, "Failed")).toHaveCount(1);
  await openWebhook(page, id, "Insights");
  const bars = page.getByRole("group", { name: /^Attempts over time/ });
  await bars
    .getByRole("link", { name: /the \d failed$/ })
    .last()
    .click();
  await expect(page.getByText("with an attempt that failed, and began in this time")).toBeVisible();
  await expect(deliveryRows(page)).toHaveCount(1);
  await deliveryRows(page, "Failed").getByRole("link").click();
  await expect(page.getByRole("dialog", { name: "Delivery" })).toContainText(failed);

  await openWebhook(page, id, "Insights");
  // By the keyboard: the latest bar is the one that has the focus first.
  await bars.locator("a[tabindex='0']").focus();
  await page.keyboard.press("ArrowDown");
  await expect(bars.getByRole("link", { name: /the \d failed$/ }).last()).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page.getByText("with an attempt that began in this time")).toBeVisible();
  await expect(deliveryRows(page, "Failed")).toHaveCount(1);

  await openWebhook(page, id, "Insights");
  await page.getByRole("link", { name: "422", exact: true }).click();
  await expect(deliveryRows(page)).toHaveCount(1);
});

test("a time of one's own is asked for by the clocks of the settings, and lives in the address", async ({
  app,
  page,
  account,
  receiver,
}) => {
  await page.context().addCookies([{ name: "fanfare_zone", value: "Asia/Tokyo", url: app.url }]);
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await account.publish();
  await visit(page, `/dashboard/webhooks/${id}`);
  await expect(deliveryRows(page, "Delivered")).toHaveCount(1);
  await choose(page, "Time", "Yesterday");
  await expect(page.getByText("No delivery fits these filters")).toBeVisible();
  await choose(page, "Time", "Today");
  await expect(deliveryRows(page)).toHaveCount(1);
  await choose(page, "Time", "From … to …");
  const dialog = page.getByRole("dialog", { name: "From and to" });
  await dialog.getByLabel("From").fill("2026-01-10T09:00");
  await dialog.getByLabel("To").fill("2026-01-10T08:00");
  await dialog.getByRole("button", { name: "Show" }).click();
  await expect(dialog.getByRole("alert")).toContainText("later than where it begins");
  await dialog.getByLabel("To").fill("2026-01-10T10:00");
  await dialog.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/from=2026-01-10T/);
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Time" })).toHaveText("10 Jan 09:00–10:00");
});

test("what was changed and what was deployed stands in the chart, in words for keyboards too", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await account.publish();
  await account.call("PATCH", `/webhooks/${id}`, { description: "Screening" });
  await account.call("POST", "/marks", { name: "Deploy 7", webhook_id: id });
  await openWebhook(page, id, "Insights");
  const mark = page.getByRole("button", { name: /Deploy 7/ }).first();
  await expect(
    page.getByText("Changed: description by").or(page.getByText("Changed: description")).first(),
  ).toBeVisible();
  await mark.hover();
  await expect(page.getByRole("tooltip")).toContainText("Deploy 7");
  await page.getByRole("button", { name: "Delete Deploy 7" }).click();
  await expect(page.getByText("Deploy 7")).toHaveCount(0);
  await page.getByText("Post your deploys").click();
  await expect(page.getByText('"name":"Deploy 1.4.2"')).toBeVisible();
});

test("a time says exactly when it is, by mouse, keyboard and finger, also in a row that is a link", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await account.publish();
  await openWebhook(page, id);
  const row = deliveryRows(page, "Delivered");
  const time = row.getByRole("button", { name: /ago|just now/ }).last();
  await time.hover();
  await expect(page.getByRole("tooltip")).toContainText("unix");
  await page.mouse.move(0, 0);
  await expect(page.getByRole("tooltip")).toHaveCount(0);
  await row.getByRole("link").focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("tooltip")).toContainText("UTC");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("tooltip")).toHaveCount(0);
  await time.click();
  await expect(page.getByRole("tooltip")).toContainText("unix");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

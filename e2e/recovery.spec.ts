import { expect, test } from "@/testing/browser";
import { choose, deliveryRows, visit } from "@/testing/screen";

test("what the filters show is recovered over all webhooks, and it is said how that went, also after a reload", async ({
  page,
  account,
  receiver,
}) => {
  receiver.answerAlways({ status: 422 });
  await account.addWebhook({ webhook_url: `${receiver.url}/a` });
  const other = await account.addWebhook({ webhook_url: `${receiver.url}/b` });
  const off = await account.addWebhook({ webhook_url: `${receiver.url}/off` });
  for (let count = 0; count < 2; count += 1) await account.publish();
  await visit(page, "/dashboard/deliveries");
  await expect(deliveryRows(page, "Failed")).toHaveCount(6);
  await account.call("PATCH", `/webhooks/${off}`, { is_active: false });
  await choose(page, "Answer", "4xx");

  await page.getByRole("button", { name: "Recover these…" }).click();
  const dialog = page.getByRole("dialog", { name: "Recover deliveries" });
  await expect(dialog.getByText("Deliveries, last answered 4xx, to all active webhooks")).toBeVisible();
  const webhooks = dialog.getByRole("list", { name: "By webhook" }).getByRole("listitem");
  await expect(webhooks.filter({ hasText: "/a" })).toHaveText(/2$/);
  await expect(webhooks.filter({ hasText: "/off" })).toContainText("inactive: its 2 stay as they are");
  await expect(dialog.getByText("This resends 4 events to 2 webhooks.")).toBeVisible();

  receiver.answerAlways((request) => ({ status: request.url.endsWith("/a") ? 200 : 422 }));
  await account.call("PATCH", `/webhooks/${other}`, { description: "refuses still" });
  await dialog.getByRole("button", { name: "Resend 4 events" }).click();
  const refused = page.getByRole("link", { name: "2 refused again" });
  await expect(page.getByRole("link", { name: "2 delivered" })).toBeVisible();
  await expect(refused).toBeVisible();
  await page.reload();
  await expect(page.getByText("failed · answered 4xx")).toBeVisible();

  await refused.click();
  await expect(page).toHaveURL(/became=refused_again/);
  await expect(page.getByText("sent again: refused again")).toBeVisible();
  await expect(deliveryRows(page)).toHaveCount(2);
  await expect(deliveryRows(page, "422")).toHaveCount(2);
  await page.getByRole("button", { name: "Hide" }).click();
  await page.reload();
  await expect(deliveryRows(page)).toHaveCount(2);
  await expect(page.getByText("failed · answered 4xx")).toBeHidden();
});

test("rows that are chosen are redelivered together, with the keyboard and the mouse", async ({
  page,
  account,
  receiver,
}) => {
  const webhook = await account.addWebhook({ webhook_url: receiver.url });
  for (let count = 0; count < 4; count += 1) await account.publish();
  await visit(page, `/dashboard/webhooks/${webhook}`);
  await expect(deliveryRows(page, "Delivered")).toHaveCount(4);

  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByText("1 selected")).toBeVisible();
  const boxes = deliveryRows(page).getByRole("checkbox");
  await boxes.nth(0).click();
  await expect(page.getByText("selected")).toBeHidden();
  await boxes.nth(1).click();
  await boxes.nth(3).click({ modifiers: ["Shift"] });
  await expect(page.getByText("3 selected")).toBeVisible();
  await page.getByRole("checkbox", { name: "Select all that are loaded" }).click();
  await expect(page.getByText("4 selected")).toBeVisible();
  await boxes.nth(0).click();

  await page.getByRole("button", { name: "Redeliver", exact: true }).click();
  const asked = page.getByRole("alertdialog", { name: "Send 3 a second time?" });
  await asked.getByRole("button", { name: "Redeliver 3" }).click();
  await receiver.waitFor(3, ({ headers }) => headers["x-attempt"] === "2");
  await expect(page.getByRole("link", { name: "3 delivered" })).toBeVisible();
  await expect(page.getByText("chosen one by one")).toBeVisible();
});

test("a large recovery shows how far it is, and is cancelled", async ({ page, account }) => {
  test.setTimeout(120_000);
  const webhook = await account.addWebhook({ webhook_url: "https://receiver.example" });
  await account.call("POST", `/webhooks/${webhook}/pause`, {});
  const event = { customer_id: account.customerId, type: "search_completed", data: { search_id: "s" } };
  for (let call = 0; call < 30; call += 1)
    await account.call(
      "POST",
      "/events",
      Array.from({ length: 1_000 }, () => event),
    );
  await account.call("POST", `/webhooks/${webhook}/cancel-pending`);
  await visit(page, `/dashboard/webhooks/${webhook}?status=cancelled`);
  await page.getByRole("button", { name: "Recover these…" }).click();
  await page.getByRole("button", { name: "Resend 30,000 events" }).click({ timeout: 30_000 });
  await page.getByRole("button", { name: "Cancel the rest" }).click();
  await expect(page.getByText(/cancelled: [\d,]+ were not sent again/)).toBeVisible();
  const [recovery] = await account.call<{ state: string; made_due: number }[]>("GET", "/recoveries");
  expect(recovery?.state).toBe("cancelled");
  expect(recovery?.made_due).toBeLessThan(30_000);
  await account.call("DELETE", `/webhooks/${webhook}`);
});

test("what is recovered to a paused webhook is said to be held, and goes out once that is resumed", async ({
  page,
  account,
  receiver,
}) => {
  receiver.answerAlways({ status: 422 });
  const webhook = await account.addWebhook({ webhook_url: receiver.url });
  for (let count = 0; count < 2; count += 1) await account.publish();
  await visit(page, `/dashboard/webhooks/${webhook}`);
  await expect(deliveryRows(page, "Failed")).toHaveCount(2);
  await account.call("POST", `/webhooks/${webhook}/pause`, {});
  receiver.answerAlways({ status: 200 });
  await page.reload();
  await page.getByRole("link", { name: /× 422$/ }).click();
  await expect(page.getByText(/Deliveries with an attempt that failed and was answered 422/)).toBeVisible();
  await page.getByRole("button", { name: "Recover these…" }).click();
  const dialog = page.getByRole("dialog", { name: "Recover deliveries" });
  await expect(dialog.getByText(/last answered 422/)).toBeVisible();
  await dialog.getByRole("button", { name: "Resend 2 events" }).click();
  await expect(page.getByText("0 of 2")).toBeVisible();
  await expect(page.getByText("held until the webhook is resumed", { exact: false }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Pause the webhook" })).toBeHidden();
  await expect(page.getByRole("link", { name: receiver.url }).first()).toBeVisible();
  await account.call("POST", `/webhooks/${webhook}/resume`, {});
  // The equation above the list says the same words.
  await expect(page.getByRole("link", { name: "2 delivered" }).first()).toBeVisible();
  await expect(page.getByText("failed · answered 422")).toBeVisible();
});

test("what a rate limit holds back is stopped at its webhook, once all of it is made due", async ({
  page,
  account,
  receiver,
}) => {
  const webhook = await account.addWebhook({ webhook_url: receiver.url, rate_limit: 1 });
  await account.call("POST", `/webhooks/${webhook}/pause`, {});
  for (let count = 0; count < 30; count += 1) await account.publish();
  await account.call("POST", `/webhooks/${webhook}/cancel-pending`);
  await account.call("POST", `/webhooks/${webhook}/resume`, {});
  await visit(page, "/dashboard/deliveries?status=cancelled");
  await page.getByRole("button", { name: "Recover these…" }).click();
  await page.getByRole("button", { name: "Resend 30 events" }).click();
  await page
    .getByText("It is paused or cancelled at its webhook")
    .locator("..")
    .getByRole("link", { name: receiver.url })
    .click();

  await page.getByRole("button", { name: "Pause the webhook" }).click();
  await expect(page.getByText("Paused until somebody resumes it")).toBeVisible();
  await expect(page.getByRole("button", { name: "Pause the webhook" })).toBeHidden();
  await account.call("POST", `/webhooks/${webhook}/resume`, {});
  await expect(page.getByText("Paused until somebody resumes it")).toBeHidden();

  await page.getByRole("button", { name: "Cancel pending…" }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Cancel \d+ deliver/ })
    .click();
  await expect(page.getByRole("link", { name: /^\d+ given up before they were tried$/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Pause the webhook" })).toBeHidden();
});

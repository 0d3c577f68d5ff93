import { expect, test } from "@/testing/browser";
import { deliveryRows, openWebhook, visit, webhookRow } from "@/testing/screen";

test("a webhook is paused for an hour from the list, holds what comes, and lets it go when it is resumed", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await visit(page, "/dashboard");
  const row = webhookRow(page, receiver.url);
  await row.getByRole("button", { name: /^More for/ }).click();
  await page.getByRole("menuitem", { name: "Pause for 1 h" }).click();
  await expect(row).toContainText("Paused");
  await expect(row).toContainText(/until \d\d:\d\d|until \d+ \w+ \d\d:\d\d/);
  await account.publish();
  await account.publish();
  await expect(row).toContainText("2 held");

  await row.getByRole("link").click();
  await expect(page.getByText("2 held", { exact: true })).toBeVisible();
  await expect(deliveryRows(page, "Held", "held: the webhook is paused")).toHaveCount(2);
  expect(receiver.requests).toHaveLength(0);
  await deliveryRows(page, "Held").first().click();
  await expect(page.getByText("It is held because the webhook is paused")).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByText("Held until the webhook is resumed")).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("Resumed. What was held is on its way.")).toBeVisible();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(2);
  await expect(page.getByText(/^Paused/)).toHaveCount(0);
  await receiver.waitFor(2);
  await openWebhook(page, id);
  await expect(page.getByRole("button", { name: "Resume" })).toBeHidden();
});

test("a pause ends by itself, and the page follows", async ({ page, account, app, receiver }) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id);
  const paused_until = new Date(Date.now() + 5_000).toISOString();
  const answer = await page.request.post(`${app.url}/api/trpc/webhooks.pause`, {
    headers: { origin: app.url },
    data: { webhook_id: id, paused_until },
  });
  expect(answer.status()).toBe(200);
  await page.reload();
  await expect(page.getByText(/^Paused until/).first()).toBeVisible();
  await account.publish();
  await expect(deliveryRows(page, "Held")).toHaveCount(1);
  await expect(deliveryRows(page, "Delivered")).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Resume" })).toBeHidden();
  const [request] = await receiver.waitFor(1);
  expect(request?.headers["x-attempt"]).toBe("1");
});

test("a webhook is paused and resumed by typing", async ({ page, account, receiver }) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id);
  const command = page.getByRole("combobox", { name: "Search and go anywhere" });
  await page.keyboard.press("ControlOrMeta+k");
  await command.fill("pause");
  await command.press("Enter");
  await expect(page.getByText("Paused until somebody resumes it")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await command.fill("resume");
  await command.press("Enter");
  await expect(page.getByText("Paused until somebody resumes it")).toBeHidden();
});

test("switching on what missed events offers to send them, and sends them", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id);
  const toggle = page.getByRole("switch", { name: `Deliver to ${receiver.url}` });
  await toggle.click();
  await expect(page.getByText("Switched off. What is pending is held.")).toBeVisible();
  const missed = [await account.publish(), await account.publish()];
  await page.reload();
  await expect(page.getByText("2 events missed since it is off")).toBeVisible();
  await visit(page, "/dashboard");
  await expect(webhookRow(page, receiver.url)).toContainText("2 missed");

  await webhookRow(page, receiver.url).getByRole("switch").click();
  const dialog = page.getByRole("dialog", { name: "2 events were missed meanwhile. Send them?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(webhookRow(page, receiver.url).getByRole("switch")).not.toBeChecked();
  await webhookRow(page, receiver.url).getByRole("switch").click();
  await dialog.getByRole("button", { name: "Switch on and send 2 events" }).click();
  await expect(webhookRow(page, receiver.url).getByRole("switch")).toBeChecked();
  const requests = await receiver.waitFor(2);
  expect(requests.map(({ headers }) => headers["x-event-id"]).sort()).toEqual([...missed].sort());
});

test("it can be switched on without what it missed, and at once when that is nothing", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url, is_active: false });
  await openWebhook(page, id);
  const toggle = page.getByRole("switch", { name: `Deliver to ${receiver.url}` });
  await toggle.click();
  await expect(page.getByText("Switched on. What was held is on its way.")).toBeVisible();
  await toggle.click();
  await expect(page.getByText("Switched off. What is pending is held.")).toBeVisible();
  await account.publish();
  await toggle.click();
  await page.getByRole("button", { name: "Switch on without them" }).click();
  await expect.poll(() => account.call("GET", `/webhooks/${id}`)).toMatchObject({ is_active: true });
  await account.publish();
  expect(await receiver.waitFor(1)).toHaveLength(1);
  await expect(deliveryRows(page, "Delivered")).toHaveCount(1);
});

test("what is sent again while it is paused is said to be held", async ({ page, account, receiver }) => {
  receiver.answerAlways({ status: 422 });
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await account.publish();
  await openWebhook(page, id);
  await expect(deliveryRows(page, "Failed")).toHaveCount(1);
  await account.call("POST", `/webhooks/${id}/pause`, {});
  await openWebhook(page, id);
  await expect(page.getByText("Paused until somebody resumes it")).toBeVisible();
  await page.getByRole("button", { name: "Recover…" }).click();
  const dialog = page.getByRole("dialog", { name: "Recover deliveries" });
  await dialog.getByRole("button", { name: "Resend 1 event" }).click();
  await expect(page.getByText("1 event held until the webhook is resumed, and sent then")).toBeVisible();
  await expect(deliveryRows(page, "Held", "held: the webhook is paused")).toHaveCount(1);
});

import { expect, test } from "@/testing/browser";
import { deliveryRows, openWebhook } from "@/testing/screen";

const refusal = { status: 422, body: '{"error":"unknown field"}' };

test("what an endpoint refuses is set aside, and what a person sends again goes past the breaker", async ({
  page,
  account,
  receiver,
}) => {
  receiver.answerAlways(refusal);
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id);
  for (let count = 0; count < 5; count += 1) await account.publish();
  const setAside = page.getByRole("list", { name: "Set aside" });
  await expect(setAside).toContainText(/^\d set aside: refused with 422 .*unknown field/);
  await expect(page.getByText("They are held like everything else")).toBeVisible();
  await page.getByRole("link", { name: "Show what waits" }).click();
  await expect(page).toHaveURL(/status=pending&code=4/);

  receiver.answerAlways({ status: 200 });
  await deliveryRows(page, "Held").first().getByRole("link").click();
  const drawer = page.getByRole("dialog", { name: "Delivery" });
  const pressedAt = Date.now();
  await drawer.getByRole("button", { name: "Send now" }).click();
  await expect(drawer.getByText("Delivered")).toBeVisible();
  const [probe] = await receiver.waitFor(1, ({ headers }) => headers["x-attempt-reason"] === "probe");
  expect(probe?.receivedAt).toBeGreaterThanOrEqual(pressedAt);
  await expect(setAside).toBeHidden();
});

test("before all that was refused is sent again, one is tried", async ({ page, account, receiver }) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id);
  await account.publish();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(1);
  receiver.answerAlways(refusal);
  for (let count = 0; count < 3; count += 1) await account.publish();
  await expect(deliveryRows(page, "Failed")).toHaveCount(3);

  await page.getByRole("button", { name: "Recover…" }).click();
  const dialog = page.getByRole("dialog", { name: "Recover deliveries" });
  await expect(dialog.getByText(/^All 3 were refused with 422\. Try one first/)).toBeVisible();
  await dialog.getByRole("button", { name: "Try the oldest one" }).click();
  await expect(dialog.getByText("It failed again: The endpoint answered 422.")).toBeVisible();
  await expect(dialog.getByText(/^Both were refused/)).toBeVisible();

  receiver.answerAlways({ status: 200 });
  await dialog.getByRole("button", { name: "Try the oldest one" }).click();
  await expect(dialog.getByText("It was delivered now.")).toBeVisible();
  await dialog.getByRole("button", { name: /^Resend \d event/ }).click();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(4);
});

import { expect, test } from "@/testing/browser";
import { deliveryRows, openWebhook, visit, webhookRow } from "@/testing/screen";

test("a webhook that fails turns red with the reason, and green again once its endpoint is fixed", async ({
  page,
  account,
  receiver,
}) => {
  receiver.answerAlways({ status: 503, body: "deploying" });
  await account.addWebhook({ webhook_url: receiver.url });
  await visit(page, "/dashboard");
  const row = webhookRow(page, receiver.url);
  await expect(row).toContainText("nothing sent yet");
  await account.publish();
  await expect(row).toContainText("Failing");
  await expect(row).toContainText("503 ×");

  await row.getByRole("link").click();
  const diagnosis = page.getByRole("region", { name: "Diagnosis" });
  await expect(diagnosis).toContainText("Most likely:");
  await expect(diagnosis).toContainText("Your endpoint answered 503: “deploying”.");
  await expect(page.getByText(/^\d × 503$/)).toBeVisible();
  await expect(page.getByText(/Switched off automatically in 4 d 23 h/)).toBeVisible();
  receiver.answerAlways({ status: 200 });
  await diagnosis.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText("Test delivered: 200")).toBeVisible();
  await expect(page.getByRole("banner").or(page.locator("header")).getByText("Active")).toBeVisible();
  await expect(diagnosis).toBeHidden();
  await expect(page.getByText("Fixed", { exact: true })).toBeVisible();

  await page.getByRole("link", { name: "Webhooks", exact: true }).first().click();
  await expect(webhookRow(page, receiver.url)).toContainText("Active");
});

test("each code is counted by itself, and the last success is told", async ({ page, account, receiver }) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await account.publish();
  await receiver.waitFor(1);
  receiver.answerNext({ status: 422 });
  receiver.answerAlways({ status: 502 });
  await openWebhook(page, id);
  await account.publish();
  await page.getByRole("button", { name: "Show why" }).click();
  await expect(page.getByText(/^\d × 502, 1 × 422$/)).toBeVisible();
  await expect(page.getByText("Last success")).toBeVisible();
});

test("an endpoint that has moved is corrected with one button", async ({ page, account, receiver }) => {
  receiver.answerAlways(({ url }) =>
    url === "/old" ? { status: 308, headers: { location: "/new" } } : { status: 200 },
  );
  const id = await account.addWebhook({ webhook_url: `${receiver.url}/old` });
  await openWebhook(page, id);
  await account.publish();
  await expect(page.getByText(`(308 to ${receiver.url}/new)`)).toBeVisible();
  await page.getByRole("button", { name: "Try that URL" }).click();
  await expect(page.getByRole("heading", { name: `${receiver.url}/new` })).toBeVisible();
  await account.publish();
  await expect(deliveryRows(page, "Delivered").first()).toBeVisible();
});

test("a URL that does not take the test is not taken, and says why", async ({ page, account, receiver }) => {
  receiver.answerAlways(({ url }) =>
    url === "/old" ? { status: 308, headers: { location: "/new" } } : { status: 413, body: "Too large" },
  );
  const id = await account.addWebhook({ webhook_url: `${receiver.url}/old` });
  await openWebhook(page, id);
  await account.publish();
  await page.getByRole("button", { name: "Try that URL" }).click();
  await expect(page.getByText("That URL did not take the test. Nothing was changed.")).toBeVisible();
  await expect(page.getByText(/is larger than/)).toBeVisible();
  await expect(page.getByRole("heading", { name: `${receiver.url}/old` })).toBeVisible();
  await page.getByRole("link", { name: "Open that test" }).click();
  await expect(page.getByText("test of another URL")).toBeVisible();
  await expect(page.getByText(`${receiver.url}/new`, { exact: true }).first()).toBeVisible();
});

test("what is held behind an endpoint that is down can be cancelled, after asking", async ({
  page,
  account,
  receiver,
}) => {
  receiver.answerAlways({ status: 500 });
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id);
  for (let count = 0; count < 5; count += 1) await account.publish();
  await page.getByRole("button", { name: "Cancel pending…" }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("cancelled instead of sent");
  await question.getByRole("button", { name: /^Cancel \d deliver/ }).click();
  await expect(page.getByText(/^\d deliver(y|ies) cancelled$/)).toBeVisible();
  await expect(deliveryRows(page, "Cancelled").first()).toBeVisible();
  await expect(deliveryRows(page, "Held")).toHaveCount(0);
});

test("a webhook that answers 410 is switched off and says why, and can be switched on again", async ({
  page,
  account,
  receiver,
}) => {
  receiver.answerAlways({ status: 410 });
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id);
  await account.publish();
  await expect(page.getByText(/410/).first()).toBeVisible();
  const toggle = page.getByRole("switch", { name: `Deliver to ${receiver.url}` });
  await expect(toggle).not.toBeChecked();
  receiver.answerAlways({ status: 200 });
  await toggle.click();
  await expect(page.getByText("Switched on.")).toBeVisible();
  await account.publish();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(1);
});

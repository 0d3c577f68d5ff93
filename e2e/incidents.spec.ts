import { expect, test } from "@/testing/browser";
import { openWebhook, visit, webhookRow } from "@/testing/screen";

test("an endpoint that was down leaves an incident: why, since when, and what became of its events", async ({
  page,
  account,
  receiver,
}) => {
  receiver.answerAlways({ status: 503, body: "deploying" });
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await visit(page, "/dashboard");
  await expect(page).toHaveTitle("Webhooks · Fanfare");
  for (let count = 0; count < 5; count += 1) await account.publish();
  await expect(webhookRow(page, receiver.url)).toContainText("Failing");
  await expect(page).toHaveTitle("(1) Webhooks · Fanfare");

  await openWebhook(page, id);
  await expect(page.getByText(/Next probe/)).toBeVisible();
  await expect(page).toHaveTitle("(1) Webhook · Fanfare");
  receiver.answerAlways({ status: 200 });
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText("Fixed", { exact: true })).toBeVisible();
  await expect(page).toHaveTitle("Webhook · Fanfare");
  await expect(page.getByText(/5 held; all 5 events delivered/)).toBeVisible();

  await page.getByRole("tab", { name: "Incidents" }).click();
  const incidents = page.getByRole("list", { name: "Incidents" });
  await expect(incidents.getByRole("listitem")).toHaveCount(1);
  await expect(incidents).toContainText("“deploying”");
  await incidents.getByRole("link", { name: /^\d\d:\d\d:\d\d–/ }).click();
  await expect(page.getByRole("heading", { name: /^Failing \d\d:\d\d:\d\d–/ })).toBeVisible();
  await expect(page.getByText("Over", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: /^\d × 503$/ })).toBeVisible();
  const deliveries = page.getByRole("table", { name: "Deliveries of the incident" });
  await expect(deliveries.getByText("Delivered")).toHaveCount(5);
  await page.getByRole("link", { name: "Show the delivery that failed" }).click();
  await expect(page.getByText("“deploying”").first()).toBeVisible();
});

test("an endpoint that refuses some events is degraded, and says how many of how many and in its own words", async ({
  page,
  account,
  receiver,
}) => {
  await account.addWebhook({ webhook_url: receiver.url });
  await account.publish();
  await receiver.waitFor(1);
  receiver.answerAlways({ status: 422, body: "unknown field hit_count" });
  await visit(page, "/dashboard");
  await account.publish();
  await account.publish();
  const row = webhookRow(page, receiver.url);
  await expect(row).toContainText("Degraded");
  await expect(row).toContainText(/\d of \d failed of late/);
  await expect(page).toHaveTitle("Webhooks · Fanfare");
  await row.getByRole("link").click();
  await expect(page.getByRole("link", { name: /^\d × 422$/ })).toBeVisible();
  await expect(page.getByText(/of \d attempts since \d\d:\d\d/)).toBeVisible();
  await expect(page.getByText(/unknown field hit_count/).first()).toBeVisible();
});

test("home shows all webhooks together, and those with trouble first", async ({
  page,
  account,
  receiver,
}) => {
  await account.addWebhook({ webhook_url: `${receiver.url}/down`, description: "Down" });
  await account.addWebhook({ webhook_url: `${receiver.url}/well`, description: "Well" });
  receiver.answerAlways(({ url }) => ({ status: url === "/down" ? 500 : 200 }));
  await account.publish();
  await receiver.waitFor(2);
  await visit(page, "/dashboard");
  const rows = page.getByRole("list", { name: "Webhooks" }).getByRole("link");
  await expect(rows.first()).toContainText("/down");
  const totals = page.getByRole("region", { name: "Last 24 hours" });
  await expect(totals).toContainText(/Delivered attempts\s*1/);
  await expect(totals.getByText("Failed attempts", { exact: true })).toBeVisible();
});

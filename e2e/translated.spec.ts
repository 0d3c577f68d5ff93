import { expect, test } from "@/testing/browser";
import { docs, doors, visitable } from "@/testing/pages";
import { choose, deliveryRows, openWebhook, visit, webhookRow } from "@/testing/screen";
import { looseTexts, translatePages, waitForTranslation } from "@/testing/translator";

// Each of them walks through a dozen screens.
test.describe.configure({ timeout: 180_000 });
test.beforeEach(({ page }) => translatePages(page));

test("every page can be translated, and left", async ({ page, account, receiver }) => {
  receiver.answerNext({ status: 503, body: "deploying" });
  for (const { path, heading } of await visitable(page, account, receiver)) {
    await visit(page, path);
    await waitForTranslation(page);
    await expect(page.getByRole("heading", { name: heading }).first()).toBeVisible();
    expect(await looseTexts(page), path).toEqual([]);
    await page.getByRole("link", { name: "Signature helper" }).first().click();
    await expect(page.getByRole("heading", { name: "Signature helper" })).toBeVisible();
  }
});

test("so can the documentation, whose prose nothing changes while it is read", async ({ visitor }) => {
  await translatePages(visitor);
  for (const { path, heading } of docs) {
    await visit(visitor, path);
    await waitForTranslation(visitor);
    await expect(visitor.getByRole("heading", { name: heading })).toBeVisible();
    await visitor.getByRole("link", { name: "Retries and order" }).first().click();
    await expect(visitor.getByRole("heading", { name: "Retries and order", level: 1 })).toBeVisible();
  }
});

test("so can the doors", async ({ visitor }) => {
  await translatePages(visitor);
  for (const { path, heading } of doors) {
    await visit(visitor, path);
    await waitForTranslation(visitor);
    await expect(visitor.getByRole("heading", { name: heading })).toBeVisible();
    expect(await looseTexts(visitor), path).toEqual([]);
  }
  await visit(visitor, "/sign-in");
  await waitForTranslation(visitor);
  await visitor.getByLabel("Email").fill("nobody@example.com");
  await visitor.getByLabel("Password").fill("a wrong password");
  await visitor.getByRole("button", { name: "Show" }).click();
  await expect(visitor.getByRole("button", { name: "Hide" })).toBeVisible();
});

test("the list shows in translation what happens to a webhook", async ({ page, account, receiver }) => {
  await account.addWebhook({ webhook_url: receiver.url });
  await visit(page, "/dashboard");
  await waitForTranslation(page);
  const row = webhookRow(page, receiver.url);
  await row.getByRole("switch").click();
  await expect(row).toContainText("Disabled");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row).toContainText("Active");
  receiver.answerNext({ status: 500 }, { status: 500 }, { status: 500 });
  await account.publish();
  await expect(row).toContainText("Failing");
  await expect(row).toContainText("500 × 3");
  expect(await looseTexts(page)).toEqual([]);
  await row.getByRole("button", { name: "Send test" }).click();
  await expect(page.getByText("Test delivered: 200")).toBeVisible();
  await expect(row).toContainText("Active");
});

test("a webhook's page shows in translation that it fails, is off, and is well again", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url, secret: "a secret of my own" });
  await openWebhook(page, id);
  await waitForTranslation(page);
  await expect(page.getByText("Waiting for the first event…")).toBeVisible();
  await account.publish();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(1);
  receiver.answerAlways({ status: 503, body: "deploying" });
  for (let count = 0; count < 3; count++) await account.publish();
  await expect(page.getByText("Nothing is lost")).toBeVisible();
  await expect(page.locator("header").getByText("Failing")).toBeVisible();
  const forecast = page.getByRole("paragraph").filter({ hasText: "Next probe" });
  const before = await forecast.textContent();
  await expect(forecast).not.toHaveText(before ?? "");
  expect(await looseTexts(page)).toEqual([]);
  await page.getByRole("switch").click();
  await expect(page.getByText("This webhook is switched off.")).toBeVisible();
  receiver.answerAlways({ status: 200 });
  await page.getByRole("switch").click();
  await expect(page.locator("header").getByText("Active")).toBeVisible();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(4);

  await page.getByRole("radio", { name: "Failed" }).click();
  await expect(page.getByText("No delivery fits these filters")).toBeVisible();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await page.getByRole("button", { name: "Stop showing new deliveries" }).click();
  await account.publish();
  await page.getByRole("button", { name: "1 new" }).click();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(5);
  await choose(page, "Answer", "5xx");
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await page.getByRole("button", { name: "Recover…" }).click();
  await page.getByRole("dialog").getByLabel("Missed ones too").check();
  await expect(page.getByText(/^This resends/)).toBeVisible();
});

test("the drawer goes from delivery to delivery in translation", async ({ page, account, receiver }) => {
  receiver.answerNext({ status: 500, body: '{"error":"first"}' }, { status: 500, body: '{"error":"again"}' });
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await account.publish();
  await openWebhook(page, id);
  await expect(deliveryRows(page, "Delivered")).toHaveCount(1);
  await account.publish();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(2);
  await waitForTranslation(page);
  await deliveryRows(page, "500").or(deliveryRows(page, "Delivered")).last().getByRole("link").click();
  const drawer = page.getByRole("dialog", { name: "Delivery" });
  await drawer.getByRole("tab", { name: "2" }).click();
  await drawer.getByRole("radio", { name: "Diff: previous" }).click();
  await expect(drawer.getByText("again")).toBeVisible();
  await drawer.getByRole("radio", { name: "As it was" }).click();
  await drawer.getByRole("button", { name: "Show raw" }).first().click();
  await expect(drawer.getByRole("button", { name: "Show indented" })).toBeVisible();
  expect(await looseTexts(page)).toEqual([]);
  await drawer.getByRole("button", { name: "Redeliver" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Redeliver" }).click();
  await expect(drawer.getByRole("tab", { name: "4" })).toBeVisible();
  await drawer.getByRole("button", { name: "Previous delivery" }).click();
  await expect(drawer.getByRole("tab")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(drawer).toHaveCount(0);
});

test("a webhook is made, tested, changed and deleted in translation", async ({ page, account, receiver }) => {
  await visit(page, "/dashboard");
  await waitForTranslation(page);
  await page.getByRole("link", { name: "Add your first webhook" }).click();
  const dialog = page.getByRole("dialog", { name: "New webhook" });
  await dialog.getByLabel("Endpoint URL").fill("http://example.com");
  await expect(dialog.getByRole("alert")).toBeVisible();
  await dialog.getByLabel("Endpoint URL").fill(receiver.url);
  await dialog.getByLabel("Search event types").fill("no such type");
  await expect(dialog.getByText("No event type matches “no such type”.")).toBeVisible();
  await dialog.getByLabel("Search event types").fill("");
  await dialog.getByRole("button", { name: "All" }).click();
  await expect(dialog.getByText("7 of 7")).toBeVisible();
  await expect(dialog.getByText(/^In the last 7 days/)).toBeVisible();
  await dialog.getByRole("radio", { name: /Use my own/ }).click();
  await dialog.getByLabel("Secret", { exact: true }).fill("whsec_short");
  await dialog.getByRole("radio", { name: /Generate one/ }).click();
  expect(await looseTexts(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Copy" }).click();
  await page.getByRole("link", { name: "Send a test" }).click();

  await page.getByRole("button", { name: "Send", exact: false }).last().click();
  await expect(page.getByText("Your endpoint took it.")).toBeVisible();
  await page.getByRole("textbox", { name: "Data" }).fill("{");
  await expect(page.getByText(/^This is not JSON yet/)).toBeVisible();
  await page.getByRole("button", { name: "Back to the sample" }).click();
  await choose(page, "Event type", "flow_run_failed");
  expect(await looseTexts(page)).toEqual([]);
  await page.getByRole("tab", { name: "Insights" }).click();
  await page.getByRole("radio", { name: "Table" }).click();
  await page.getByRole("radio", { name: "Charts" }).click();
  await page.getByRole("tab", { name: "Settings" }).click();
  await page.getByLabel("Description").fill("Screening results");
  await page.getByRole("button", { name: "Discard" }).click();
  await page.getByRole("button", { name: "Rotate…" }).click();
  await page.getByRole("button", { name: "Generate new secret" }).click();
  await page.getByRole("button", { name: "I have copied it" }).click();
  await expect(page.getByText("The old secret leads.")).toBeVisible();
  expect(await looseTexts(page)).toEqual([]);
  await page.getByRole("button", { name: "Remove…" }).click();
  await page.getByRole("button", { name: "Remove secret" }).click();
  await expect(page.getByText(/^Requests are not signed/)).toBeVisible();
  await page.getByRole("button", { name: "Delete webhook…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete webhook" }).click();
  await expect(page.getByText("No webhook yet")).toBeVisible();
  expect(account.customerId).toBeTruthy();
});

test("what opens on top of every page works in translation", async ({ page, account, receiver }) => {
  await account.addWebhook({ webhook_url: receiver.url, description: "Screening results" });
  await visit(page, "/dashboard");
  await waitForTranslation(page);
  await page.keyboard.press("ControlOrMeta+k");
  const search = page.getByPlaceholder(/^Search webhooks and pages/);
  await search.fill("an-event-id");
  await expect(page.getByText("Trace the event")).toBeVisible();
  await search.fill("no such thing");
  await expect(page.getByRole("option", { name: "Search events for no such thing" })).toBeVisible();
  await search.fill("screening");
  await expect(page.getByRole("option", { name: /Screening results/ }).first()).toBeVisible();
  expect(await looseTexts(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  expect(await looseTexts(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: `More for ${receiver.url}` }).click();
  expect(await looseTexts(page)).toEqual([]);
  await page.getByRole("menuitem", { name: "Copy URL" }).click();
  await expect(page.getByText("URL copied")).toBeVisible();
});

test("keys, team, catalogue and settings work in translation", async ({ page, account }) => {
  await visit(page, "/dashboard/keys");
  await waitForTranslation(page);
  await page.getByRole("button", { name: /^New key/ }).click();
  await page.getByRole("button", { name: "Create key" }).click();
  await page.getByRole("button", { name: "I have copied it" }).click();
  await page.getByRole("button", { name: /^Revoke/ }).click();
  await page.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText("No key yet")).toBeVisible();
  await page.getByRole("link", { name: "Team" }).click();
  await page.getByRole("button", { name: "Invite…" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByText("Invitation withdrawn")).toBeVisible();
  await page.getByRole("button", { name: /^Reset the password/ }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("link", { name: "Event catalogue" }).click();
  await page.getByRole("button", { name: /search_completed/ }).click();
  await expect(page.getByText("Received by")).toBeVisible();
  expect(await looseTexts(page)).toEqual([]);
  await page.getByLabel("Search event types").fill("no such type");
  await expect(page.getByText("No event type matches “no such type”.")).toBeVisible();
  await visit(page, "/dashboard/settings");
  await waitForTranslation(page);
  await page.getByRole("radio", { name: "Dark" }).click();
  await choose(page, "Time zone", "UTC");
  await expect(page.getByText(account.email)).toBeVisible();
});

import { readFileSync } from "node:fs";
import { expect, test } from "@/testing/browser";
import { call } from "@/testing/client";
import { secretShown, visit } from "@/testing/screen";

const first = "https://example.com/first";
const second = "https://example.com/second";

test("who changed what is told with both values, by filters, and as a file", async ({ page, account }) => {
  const id = await account.addWebhook({ webhook_url: first, secret: "a-secret-nobody-sees" });
  await account.call("PATCH", `/webhooks/${id}`, { webhook_url: second, secret: "another-secret" });
  await account.call("PATCH", `/webhooks/${id}`, { is_active: false });

  await visit(page, "/dashboard");
  await page.getByRole("link", { name: "Audit log" }).click();
  const entries = page.getByRole("table", { name: "Audit log" }).locator("tbody").getByRole("row");
  const edit = entries.filter({ hasText: "changed the URL, and replaced the secret" });
  await expect(edit.getByRole("deletion")).toHaveText(first);
  await expect(edit.getByRole("insertion")).toHaveText(second);
  await expect(edit).toContainText("127.0.0.1");
  await expect(entries.filter({ hasText: "switched the webhook off" })).toHaveCount(1);
  await expect(entries.filter({ hasText: "Ada Lindqvist joined the team" })).toHaveCount(1);
  expect(await page.content()).not.toContain("secret-nobody-sees");

  await page.getByRole("combobox", { name: "Kind of change" }).click();
  await page.getByRole("option", { name: "Webhook changed" }).click();
  await expect(entries).toHaveCount(1);
  await expect(page).toHaveURL(/action=webhook\.updated/);

  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "As CSV" }).click();
  const lines = readFileSync(await (await saved).path(), "utf8")
    .trim()
    .split("\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(`webhook_url: ${first} → ${second}; secret: hidden → hidden`);

  await edit.getByRole("link", { name: "example.com/second" }).click();
  await expect(page.getByRole("tab", { name: "Audit log", selected: true })).toBeVisible();
  await expect(entries).toHaveCount(3);
});

test("a key that may only read looks and changes nothing, and the list says when it was used and ends", async ({
  page,
  app,
  account,
}) => {
  await visit(page, "/dashboard/keys");
  await page.getByRole("button", { name: /^New key/ }).click();
  await page.getByLabel("Name").fill("Monitoring");
  await page.getByRole("radio", { name: "Read only" }).click();
  await page.getByRole("combobox", { name: "Expires" }).click();
  await page.getByRole("option", { name: "30 days" }).click();
  await expect(page.getByRole("combobox", { name: "Expires" })).toBeFocused();
  await page.keyboard.press("Enter"); // what the keyboard has chosen is sent off like what it has typed
  const key = await secretShown(page);
  await page.getByRole("button", { name: "I have copied it" }).click();
  await account.addWebhook({ webhook_url: second });
  expect(await call(app, "GET", "/webhooks", { key })).toMatchObject({
    status: 200,
    body: [{ webhook_url: second }],
  });
  const refused = await call(app, "POST", "/webhooks", { key, body: { webhook_url: first } });
  expect([refused.status, refused.body]).toMatchObject([403, { error: /may only read/ }]);

  const row = page.getByRole("row").filter({ hasText: "Monitoring" });
  await expect(row).toContainText("Read only");
  await expect(row).toContainText("in 29 days");
  await expect(async () => {
    await page.reload();
    await expect(row).toContainText(/just now|s ago/, { timeout: 1_000 });
  }).toPass({ timeout: 10_000 });
});

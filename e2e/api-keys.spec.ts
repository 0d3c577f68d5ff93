import { expect, test } from "@/testing/browser";
import { call } from "@/testing/client";
import { secretShown, visit, webhookRow } from "@/testing/screen";

test("an owner makes a key that works, and stops working once it is revoked", async ({
  page,
  app,
  account,
}) => {
  await visit(page, "/dashboard/keys");
  await page.getByRole("button", { name: /^New key/ }).click();
  await page.getByLabel("Name").fill("CRM backend");
  await page.getByRole("button", { name: "Create key" }).click();
  const key = await secretShown(page);
  await page.getByRole("button", { name: "I have copied it" }).click();
  const body = { webhook_url: "https://example.com/hook" };
  expect((await call(app, "POST", "/webhooks", { key, body })).status).toBe(201);
  expect(await account.call("GET", "/webhooks")).toHaveLength(1);

  await page.reload();
  await expect(page.getByRole("row").filter({ hasText: "CRM backend" })).toBeVisible();
  expect(await page.content()).not.toContain(key);
  await page.getByRole("button", { name: "Revoke CRM backend" }).click();
  await page.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText("No key yet")).toBeVisible();
  expect((await call(app, "GET", "/webhooks", { key })).status).toBe(401);
});

test.describe(() => {
  test.use({ tolerated: [/status of 404/] });

  test("a guest with a portal link sees webhooks, and neither keys nor team", async ({
    visitor,
    account,
    receiver,
  }) => {
    await account.addWebhook({ webhook_url: receiver.url });
    const path = `/customers/${account.customerId}/portal-links`;
    const { url } = await account.call<{ url: string }>("POST", path, {});
    await visit(visitor, url);
    await visitor.getByRole("button", { name: "Open the dashboard" }).click();
    await expect(webhookRow(visitor, receiver.url)).toBeVisible();
    for (const [name, href] of [
      ["API keys", "/dashboard/keys"],
      ["Team", "/dashboard/team"],
    ] as const) {
      await expect(visitor.getByRole("link", { name })).toHaveCount(0);
      await visit(visitor, href);
      await expect(visitor.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
    }
  });
});

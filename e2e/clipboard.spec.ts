import { expect, test } from "@/testing/browser";
import { visit, webhookRow } from "@/testing/screen";

// Whatever is not granted is denied.
test.beforeEach(({ context }) => context.grantPermissions([]));

test("where the clipboard is denied, texts are copied in the older way", async ({
  page,
  account,
  receiver,
}) => {
  await account.addWebhook({ webhook_url: receiver.url });
  await visit(page, "/dashboard");
  const denied = page.evaluate(() => navigator.clipboard.writeText("a").catch((error: Error) => error.name));
  expect(await denied).toBe("NotAllowedError");
  await webhookRow(page, receiver.url).getByRole("button", { name: /^More/ }).click();
  await page.getByRole("menuitem", { name: "Copy URL" }).click();
  await expect(page.getByText("URL copied")).toBeVisible();
  await page.getByLabel("Search webhooks").focus();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(page.getByLabel("Search webhooks")).toHaveValue(receiver.url);
});

test("where nothing can be copied, the text is selected for the person, over what is open", async ({
  page,
  account: _,
}) => {
  await page.addInitScript(() => {
    document.execCommand = () => false;
  });
  await visit(page, "/dashboard/keys");
  await page.getByRole("button", { name: /^New key/ }).click();
  await page.getByRole("button", { name: "Create key" }).click();
  const shown = page.getByRole("dialog", { name: "Copy the key now" });
  const key = (await shown.locator("code").textContent()) ?? "";
  expect(key).toMatch(/^fk_/);
  await shown.getByRole("button", { name: "Copy", exact: true }).click();
  const byHand = page.getByRole("dialog", { name: "Copy it by hand" });
  await expect(byHand.getByLabel("Text to copy")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+c");
  await byHand.getByRole("button", { name: "Done" }).click();
  await expect(shown).toBeVisible();
  await shown.getByRole("button", { name: "I have copied it" }).click();
  await visit(page, "/dashboard");
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByPlaceholder(/^Search webhooks and pages/);
  await expect(palette).toBeFocused();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(palette).toHaveValue(key);
});

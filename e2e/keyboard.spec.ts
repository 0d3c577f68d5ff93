import type { Locator, Page } from "playwright/test";
import { expect, test } from "@/testing/browser";
import { deliveryRows, visit } from "@/testing/screen";

/** More than any page has between two controls that a story goes between. */
const mostStops = 40;

async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let stops = 0; stops < mostStops; stops += 1) {
    await page.keyboard.press("Tab");
    if (await control.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(control).toBeFocused();
}

test("without a mouse: a webhook is added, tested, found, looked through and redelivered", async ({
  page,
  account,
  receiver,
}) => {
  await visit(page, "/dashboard");
  await expect(page.getByText("No webhook yet")).toBeVisible();
  await page.keyboard.press("n");
  await expect(page.getByLabel("Endpoint URL")).toBeFocused();
  await page.keyboard.type(receiver.url);
  await tabTo(page, page.getByLabel("search_completed"));
  await page.keyboard.press("Space");
  const dialog = page.getByRole("dialog");
  await tabTo(page, dialog.getByRole("button", { name: "Add webhook" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Copy the signing secret now")).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "I have copied it" }));
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();

  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: receiver.url })).toBeVisible();
  await page.keyboard.press("t");
  await expect(page.getByRole("button", { name: "Send", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Your endpoint took it.")).toBeVisible();

  const [older, newer] = [await account.publish(), await account.publish()];
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByPlaceholder("Search webhooks and pages").pressSequentially("deliv");
  await page.keyboard.press("Enter");
  await expect(deliveryRows(page, "Delivered")).toHaveCount(3);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "Delivery" });
  await expect(drawer).toContainText(newer);
  await page.keyboard.press("ArrowRight");
  await expect(drawer).toContainText(older);
  await page.keyboard.press("r");
  await tabTo(page, page.getByRole("alertdialog").getByRole("button", { name: "Redeliver" }));
  await page.keyboard.press("Enter");
  await receiver.waitFor(1, ({ headers }) => headers["x-attempt-reason"] === "manual");
  await expect(drawer.getByRole("tab", { name: "Attempt 2" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();

  await page.keyboard.press("/");
  await expect(page.getByLabel("Search by event id or payload")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("who turns single keys off can type them without anything happening", async ({ page, account }) => {
  await visit(page, "/dashboard/settings");
  await expect(page.getByText(account.email)).toBeVisible();
  const remembered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByLabel("Single-key shortcuts").click();
  await remembered;
  await page.keyboard.press("?");
  await expect(page.getByLabel("Single-key shortcuts")).not.toBeChecked();
  await visit(page, "/dashboard");
  await expect(page.getByText("No webhook yet")).toBeVisible();
  await page.keyboard.press("n");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog", { name: "Search and go anywhere" })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(1);
});

import { expect, test } from "@/testing/browser";
import { openWebhook, visit } from "@/testing/screen";

test("settings that are not saved are kept while something else is looked at or switched", async ({
  page,
  account,
}) => {
  const id = await account.addWebhook({ webhook_url: "https://example.com/hook" });
  await openWebhook(page, id, "Settings");
  await page.getByLabel("Description").fill("Screening results");
  await page.getByRole("tab", { name: "Deliveries" }).click();
  await page.getByRole("link", { name: "Event catalogue" }).click();
  await expect(page.getByRole("heading", { name: "Event catalogue" })).toBeVisible();
  await page.goBack();
  await page.getByRole("tab", { name: "Settings" }).click();
  await expect(page.getByText("This is what you typed before. It is not saved yet.")).toBeVisible();
  await expect(page.getByLabel("Description")).toHaveValue("Screening results");
  await page.getByRole("switch", { name: /^Deliver to/ }).click();
  await expect(page.getByRole("switch", { name: /^Deliver to/ })).not.toBeChecked();
  await expect(page.getByLabel("Description")).toHaveValue("Screening results");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved")).toBeVisible();
  expect(await account.call("GET", `/webhooks/${id}`)).toMatchObject({ description: "Screening results" });
  await page.getByRole("tab", { name: "Deliveries" }).click();
  await page.getByRole("tab", { name: "Settings" }).click();
  await expect(page.getByText("This is what you typed before")).toHaveCount(0);
});

test("before such a page is left for good, the browser asks; afterwards it does not", async ({
  page,
  account,
}) => {
  const id = await account.addWebhook({ webhook_url: "https://example.com/hook" });
  await openWebhook(page, id, "Settings");
  const asked: string[] = [];
  page.on("dialog", async (dialog) => {
    asked.push(dialog.type());
    await dialog.accept();
  });
  await page.getByLabel("Description").click();
  await page.keyboard.type("Screening");
  await page.reload();
  expect(asked).toEqual(["beforeunload"]);
  await page.getByLabel("Description").click();
  await page.keyboard.type("Screening");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved")).toBeVisible();
  await page.reload();
  expect(asked).toEqual(["beforeunload"]);
});

test("a new webhook that Esc closed is still filled in when it is opened again, until it is discarded", async ({
  page,
  account,
}) => {
  expect(account.email).not.toBe("");
  await visit(page, "/dashboard?new=1");
  const dialog = page.getByRole("dialog", { name: "New webhook" });
  await dialog.getByLabel("Endpoint URL").fill("https://example.com/hook");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press("n");
  await expect(dialog.getByLabel("Endpoint URL")).toHaveValue("https://example.com/hook");
  await dialog.getByRole("button", { name: "Discard it" }).click();
  await expect(dialog.getByLabel("Endpoint URL")).toHaveValue("");
  await dialog.getByLabel("Endpoint URL").fill("https://example.com/other");
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  await page.getByRole("button", { name: "I have copied it", exact: true }).click();
  await page.keyboard.press("n");
  await expect(dialog.getByLabel("Endpoint URL")).toHaveValue("");
});

test("headers that are being typed stay while something else of the webhook is saved", async ({
  page,
  account,
}) => {
  const id = await account.addWebhook({ webhook_url: "https://example.com/hook" });
  await openWebhook(page, id, "Settings");
  await page.getByRole("button", { name: "Add a header" }).click();
  await page.getByLabel("Name of header 1").fill("X-Api-Key");
  await page.getByLabel("Value of header 1").fill("a key");
  await page.getByLabel("Header 1 is secret").check();
  await page.getByLabel("Description").fill("Screening results");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("button", { name: "Save changes" })).toBeDisabled();
  await expect(page.getByLabel("Value of header 1")).toHaveValue("a key");
  await page.getByRole("button", { name: "Save sending" }).click();
  await expect(page.getByRole("button", { name: "Save sending" })).toBeDisabled();
  await expect(page.getByLabel("Value of header 1")).toHaveValue("");
  await page.getByLabel("Value of header 1").fill("another key");
  await page.getByRole("button", { name: "Save sending" }).click();
  await expect(page.getByLabel("Value of header 1")).toHaveValue("");
  expect(await account.call("GET", `/webhooks/${id}`)).toMatchObject({
    description: "Screening results",
    headers: [{ name: "X-Api-Key", value: null, is_secret: true }],
  });
});

test("how a new webhook is sent to is kept with the rest of it, but for secrets", async ({
  page,
  account,
}) => {
  expect(account.email).not.toBe("");
  await visit(page, "/dashboard?new=1");
  const dialog = page.getByRole("dialog", { name: "New webhook" });
  await dialog.getByText("Advanced").click();
  await dialog.getByLabel("Deliveries per second").fill("2");
  await dialog.getByRole("button", { name: "Add a header" }).click();
  await dialog.getByLabel("Name of header 1").fill("X-Api-Key");
  await dialog.getByLabel("Header 1 is secret").check();
  await dialog.getByLabel("Value of header 1").fill("a key");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press("n");
  await expect(dialog.getByText("This is what you typed before.")).toBeVisible();
  await dialog.getByText("Advanced").click();
  await expect(dialog.getByLabel("Deliveries per second")).toHaveValue("2");
  await expect(dialog.getByLabel("Name of header 1")).toHaveValue("X-Api-Key");
  await expect(dialog.getByLabel("Value of header 1")).toHaveValue("");
});

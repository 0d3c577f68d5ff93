import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright/test";
import { expect as expectSoon, test } from "@/testing/browser";
import { deliveryRows, openWebhook, visit } from "@/testing/screen";

// The browser tells of what is gone, and React of what it could not draw.
test.use({ tolerated: [/status of 404|ERR_FAILED|MissingPart/] });

/** Most of it waits for two loads of a page. */
const expect = expectSoon.configure({ timeout: 30_000 });
test.describe.configure({ timeout: 120_000 });

/** Words that only the code of one part has. */
const parts = {
  charts: "Attempts, by when they began. Tests are left out.",
  drawer: "Signatures are made anew for each attempt",
  newWebhook: "Tell us where to send events",
  palette: "Search webhooks and pages",
  shortcuts: "Single keys can be turned off",
};

type Gone = { loads: () => number; comeBack: () => void };

/** Takes the file of a part away, as an upgrade does; `untilReload` the next load of the page brings the new one. */
async function takeAway(page: Page, part: string, untilReload = true): Promise<Gone> {
  let loads = 0;
  let isBack = false;
  page.on("request", (request) => {
    if (request.isNavigationRequest()) loads += 1;
  });
  for (const file of filesOf(part)) {
    await page.route(`**/${file}`, async (route) => {
      if (isBack || (untilReload && loads > 1)) await route.continue();
      else await route.fulfill({ status: 404 });
    });
  }
  return {
    loads: () => loads,
    comeBack: () => {
      isBack = true;
    },
  };
}

const chunks = join(import.meta.dirname, "../.next/static/chunks");

function filesOf(part: string): string[] {
  const files = readdirSync(chunks).filter((file) => readFileSync(join(chunks, file), "utf8").includes(part));
  expect(files.length).toBeGreaterThan(0);
  return files;
}

const news = (page: Page) => page.getByText("Fanfare was upgraded, and the page loaded anew.");

test("a tab whose code an upgrade took away comes with one reload", async ({ page, account, receiver }) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  const gone = await takeAway(page, parts.charts);
  await openWebhook(page, id, "Insights");
  await expect(page.getByText(parts.charts)).toBeVisible();
  await expect(news(page)).toBeVisible();
  expect(gone.loads()).toBe(2);
});

test("so does a delivery that is opened", async ({ page, account, receiver }) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await account.publish();
  const gone = await takeAway(page, parts.drawer);
  await openWebhook(page, id);
  await deliveryRows(page, "Delivered").getByRole("link").click();
  const drawer = page.getByRole("dialog", { name: "Delivery" });
  await expect(drawer.getByRole("heading", { name: "search_completed" })).toBeVisible();
  expect(gone.loads()).toBe(2);
});

test("changes that are not saved yet are still there after it, and can be saved", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  const gone = await takeAway(page, parts.palette);
  await openWebhook(page, id, "Settings");
  await page.getByLabel("Description").fill("Screening results");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(news(page)).toBeVisible();
  await expect(page.getByLabel("Description")).toHaveValue("Screening results");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  expect(await account.call("GET", `/webhooks/${id}`)).toMatchObject({ description: "Screening results" });
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByPlaceholder(/^Search webhooks and pages/)).toBeFocused();
  expect(gone.loads()).toBe(2);
});

test("a new webhook is still filled in, but for its secret, which is stored nowhere", async ({
  page,
  account,
}) => {
  await page.addInitScript(() => {
    if (location.protocol === "http:")
      Object.assign(window, { found: JSON.stringify({ ...sessionStorage }) });
  });
  await takeAway(page, parts.palette);
  await visit(page, "/dashboard?new=1");
  const dialog = page.getByRole("dialog", { name: "New webhook" });
  await dialog.getByLabel("Endpoint URL").fill("https://example.com/hook");
  await dialog.getByLabel("flow_run_failed").check();
  await dialog.getByRole("radio", { name: /Use my own/ }).click();
  await dialog.getByLabel("Secret", { exact: true }).fill("a secret of my own");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(dialog.getByText(/Type the secret again/)).toBeVisible();
  await expect(dialog.getByLabel("Endpoint URL")).toHaveValue("https://example.com/hook");
  await expect(dialog.getByLabel("flow_run_failed")).toBeChecked();
  await expect(dialog.getByLabel("Secret", { exact: true })).toHaveValue("");
  const stored = await page.evaluate(() => (window as unknown as { found: string }).found);
  expect(stored).toContain("https://example.com/hook");
  expect(stored).not.toContain("a secret of my own");
  await dialog.getByLabel("Secret", { exact: true }).fill("a secret of my own");
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  await expect(dialog).toHaveCount(0);
  expect(await account.call("GET", "/webhooks")).toMatchObject([
    { webhook_url: "https://example.com/hook", events: ["flow_run_failed"], has_secret: true },
  ]);
});

test("the data of a test is still there after it, and of its type", async ({ page, account, receiver }) => {
  const id = await account.addWebhook({ webhook_url: receiver.url, events: ["flow_run_failed"] });
  await takeAway(page, parts.shortcuts);
  await openWebhook(page, id, "Test");
  await page.getByRole("textbox", { name: "Data" }).fill('{ "mine": 1 }');
  await page.getByRole("button", { name: "Send", exact: true }).focus();
  await page.keyboard.press("?");
  await expect(news(page)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Data" })).toHaveValue('{ "mine": 1 }');
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});

for (const storage of ["a browser that stores", "a browser that stores nothing"]) {
  test(`${storage}: a part that no reload brings is told of, without a loop`, async ({
    page,
    account,
    receiver,
  }) => {
    if (storage.endsWith("nothing")) await page.addInitScript(refuseStorage);
    const id = await account.addWebhook({ webhook_url: receiver.url });
    const gone = await takeAway(page, parts.charts, false);
    await openWebhook(page, id, "Insights");
    await expect(page.getByText(/missing on the server, and a reload did not bring it/)).toBeVisible();
    expect(gone.loads()).toBe(2);
    gone.comeBack();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByText(parts.charts)).toBeVisible();
    expect(gone.loads()).toBe(3);
  });
}

function refuseStorage(): void {
  Object.defineProperty(window, "sessionStorage", {
    get: () => {
      throw new DOMException("Access is denied for this document.", "SecurityError");
    },
  });
}

test("while no server is there, the page stays, and says so", async ({ page, account, receiver }) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  const gone = await takeAway(page, parts.shortcuts, false);
  await page.route("**/healthz", (route) => route.abort());
  await openWebhook(page, id, "Settings");
  await page.getByLabel("Description").fill("Screening results");
  await page.getByRole("tab", { name: "Settings" }).press("Shift+Tab");
  await page.locator("body").press("?");
  await expect(
    page.getByText("Fanfare could not be reached. Check your connection, then try again."),
  ).toBeVisible();
  await expect(page.getByLabel("Description")).toHaveValue("Screening results");
  expect(gone.loads()).toBe(1);
});

test("a page from before an upgrade says so, and is loaded anew with what was typed", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id, "Settings");
  await page.getByLabel("Description").fill("Screening results");
  await page.route("**/readyz", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), version: "99.0.0" } });
  });
  await expect(page.getByText("Fanfare was upgraded to 99.0.0.")).toBeVisible({ timeout: 30_000 });
  await page.unroute("**/readyz");
  await page.getByRole("button", { name: "Load it anew" }).click();
  await expect(page.getByLabel("Description")).toHaveValue("Screening results");
  await expect(page.getByText("Fanfare was upgraded to")).toHaveCount(0);
});

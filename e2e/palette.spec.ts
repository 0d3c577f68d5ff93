import type { Page } from "playwright/test";
import { expect, test } from "@/testing/browser";
import { visit } from "@/testing/screen";

/** Types into ⌘K, and answers what it lists, first to last. */
async function listed(page: Page, typed: string): Promise<string[]> {
  await page.keyboard.press("ControlOrMeta+k");
  const input = page.getByPlaceholder("Search webhooks and pages");
  await input.fill(typed);
  const options = page.getByRole("dialog").getByRole("option");
  await expect(options.last()).toContainText(typed);
  return (await options.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, " ").trim());
}

test("⌘K finds what is typed before it offers to trace an event of that name", async ({ page, account }) => {
  await account.addWebhook({ webhook_url: "https://billing.example.com/hooks", description: "Invoices" });
  await visit(page, "/dashboard");
  await expect(page.getByText("billing.example.com/hooks")).toBeVisible();
  expect((await listed(page, "deliveries"))[0]).toBe("Deliveries");
  expect((await listed(page, "sign out"))[0]).toBe("Sign out");
  expect((await listed(page, "settings"))[0]).toBe("Settings");
  expect((await listed(page, "reference"))[0]).toBe("API reference");
  expect((await listed(page, "search_completed"))[0]).toContain("search_completed");
  const forBilling = await listed(page, "billing");
  expect(forBilling[0]).toBe("billing.example.com/hooks Invoices");
  expect(forBilling).toContain("Pause billing.example.com/hooks Invoices");
  expect(forBilling.at(-1)).toBe("Trace the event billing");
  expect((await listed(page, "rotate"))[0]).toBe("Settings of billing.example.com/hooks Invoices");
});

test("an event's id leads to its trace, and any other text to the search of events", async ({
  page,
  account,
}) => {
  await account.addWebhook({ webhook_url: "https://billing.example.com/hooks" });
  const eventId = await account.publish({ search_id: "case-4711", hit_count: 1 });
  await visit(page, "/dashboard");
  expect((await listed(page, eventId))[0]).toBe(`Trace the event ${eventId}`);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`/dashboard/events/${eventId}`);
  const caseId = "d68af6c7-6c46-4939-8344-db4d4d01c3ac";
  expect((await listed(page, caseId))[0]).toBe(`Search events for ${caseId}`);
  expect(await listed(page, "case 4711")).toEqual(["Search events for case 4711"]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/dashboard/events?q=case+4711");
});

test("a type is opened in the catalogue, and the documentation beside the page", async ({
  page,
  account,
}) => {
  await visit(page, "/dashboard");
  await expect(page.getByText("No webhook yet")).toBeVisible();
  expect(account.email).not.toBe("");
  await listed(page, "alert_remediated");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /alert_remediated/ })).toHaveAttribute(
    "aria-expanded",
    "true",
  );
  await listed(page, "Causes of failures");
  const opened = page.waitForEvent("popup");
  await page.keyboard.press("Enter");
  await expect((await opened).getByRole("heading", { level: 1, name: /causes/i })).toBeVisible();
});

test("⌘K signs out", async ({ page, account }) => {
  await visit(page, "/dashboard");
  await expect(page.getByText("No webhook yet")).toBeVisible();
  expect(account.email).not.toBe("");
  await listed(page, "sign out");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/sign-in");
});

test.describe(() => {
  test.use({ tolerated: [/status of 404/] });

  test("an id that no event has leads to the search, which finds what holds it", async ({
    page,
    account,
  }) => {
    await account.addWebhook({ webhook_url: "https://billing.example.com/hooks" });
    const eventId = await account.publish({ search_id: "case-4711", hit_count: 1 });
    await visit(page, "/dashboard");
    await listed(page, "case-4711");
    await page.getByRole("option", { name: "Trace the event" }).click();
    await expect(page.getByRole("heading", { name: "No event has this id" })).toBeVisible();
    await page.getByRole("link", { name: "Search events for it" }).click();
    await expect(page).toHaveURL("/dashboard/events?q=case-4711");
    await page.getByRole("table", { name: "Events" }).getByRole("link").first().click();
    await expect(page).toHaveURL(new RegExp(`/dashboard/events/${eventId}`));
  });
});

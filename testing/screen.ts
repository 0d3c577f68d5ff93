import { expect, type Locator, type Page } from "playwright/test";

const lookEveryMs = 50;

/** A webhook's row on the home page. */
export const webhookRow = (page: Page, url: string): Locator =>
  page.getByRole("list", { name: "Webhooks" }).getByRole("listitem").filter({ hasText: url });

/** The rows of a list of deliveries that say all of `words`. */
export const deliveryRows = (page: Page, ...words: string[]): Locator =>
  words.reduce(
    (rows, word) => rows.filter({ hasText: word }),
    page.getByRole("table", { name: "Deliveries" }).locator("tbody").getByRole("row"),
  );

/** Opens a page, and waits until React holds all that can be pressed: before that a link loads another page. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  const areAwake = (main: Element) =>
    [main, ...main.querySelectorAll("a, button, input")].every((element) =>
      Object.keys(element).some((key) => key.startsWith("__react")),
    );
  const look = async () => expect(await page.locator("main").evaluate(areAwake)).toBe(true);
  // By itself it would look after 0.1, 0.35, 0.85 and 1.85 s: half a second of every page would go into that.
  await expect(look).toPass({ intervals: [lookEveryMs] });
}

/** Opens a tab of a webhook's page. */
export async function openWebhook(page: Page, id: string, tab?: "Test" | "Insights" | "Settings") {
  await visit(page, `/dashboard/webhooks/${id}`);
  if (tab) await page.getByRole("tab", { name: tab }).click();
  if (tab === "Test") await expect(page.getByRole("button", { name: "Send", exact: true })).toBeFocused();
}

/** Takes a choice of a drop-down list. */
export async function choose(page: Page, label: string, choice: string) {
  await page.getByRole("combobox", { name: label }).click();
  await page.getByRole("option", { name: choice }).click();
}

/** A secret or a key that a dialog shows once. */
export async function secretShown(page: Page): Promise<string> {
  return (
    (await page
      .getByRole("dialog")
      .getByText(/^(whsec_|fk_)/)
      .textContent()) ?? ""
  );
}

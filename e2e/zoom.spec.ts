import type { Page } from "playwright/test";
import { expect, test } from "@/testing/browser";
import { visitable } from "@/testing/pages";
import { visit } from "@/testing/screen";

// A window of 1280 × 800 at 200 %, as WCAG 1.4.4 has it.
test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

/** What is wider than its frame: the page, or a table. */
const cutOff = (page: Page) =>
  page.evaluate(() => {
    const frames = [...document.querySelectorAll("main table")].map(
      (table) => table.parentElement as Element,
    );
    return [document.documentElement, ...frames]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ tagName, scrollWidth, clientWidth }) => `${tagName} ${scrollWidth} > ${clientWidth}`);
  });

test("at 200 % nothing is cut off at the side", async ({ page, account, receiver }) => {
  const key = { name: "Monitoring", access: "read" };
  await account.call("POST", `/customers/${account.customerId}/api-keys`, key);
  for (const { path, heading } of await visitable(page, account, receiver)) {
    await visit(page, path);
    await expect(page.getByRole("heading", { name: heading }).first()).toBeVisible();
    expect(await cutOff(page), path).toEqual([]);
  }
});

import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright/test";
import { expect, test } from "@/testing/browser";
import { docs, doors, type Visitable, visitable } from "@/testing/pages";
import { deliveryRows, openWebhook, visit } from "@/testing/screen";

/** A dark page is a light one in other colours: of what axe looks at they are all that may differ. */
type Look = "everything" | "colours";

/** What axe calls serious or critical in what is shown, as rule and place. */
async function findings(page: Page, look: Look): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(); // there are no frames, which else take half of the time
  if (look === "colours") axe.withRules(["color-contrast", "link-in-text-block"]);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function inspect(page: Page, pages: Visitable[], look: Look): Promise<void> {
  for (const { path, heading } of pages) {
    await visit(page, path);
    await expect(page.getByRole("heading", { name: heading }).first()).toBeVisible();
    expect(await findings(page, look), path).toEqual([]);
  }
}

// Looking at every page of the product takes most of a minute.
test.describe.configure({ timeout: 180_000 });

for (const [theme, look] of [
  ["light", "everything"],
  ["dark", "colours"],
] as const) {
  test.describe(`in ${theme}`, () => {
    // Half-way through a fade, everything is pale.
    test.use({ colorScheme: theme, contextOptions: { reducedMotion: "reduce" } });

    test("no page of the dashboard keeps anybody out", async ({ page, account, receiver }) => {
      receiver.answerNext({ status: 503, body: "deploying" });
      await inspect(page, await visitable(page, account, receiver), look);
    });

    test("neither does the documentation", async ({ visitor }) => {
      await visitor.emulateMedia({ colorScheme: theme });
      await inspect(visitor, docs, look);
    });

    test("neither do the doors", async ({ visitor }) => {
      await visitor.emulateMedia({ colorScheme: theme });
      await inspect(visitor, doors, look);
    });

    test("nor why a webhook fails, and the page of all causes", async ({ page, account, receiver }) => {
      receiver.answerAlways({ status: 502, headers: { server: "nginx/1.22.1" } });
      const id = await account.addWebhook({ webhook_url: receiver.url });
      await openWebhook(page, id);
      await account.publish();
      const diagnosis = page.getByRole("region", { name: "Diagnosis" });
      await expect(diagnosis).toContainText("How to tell:");
      expect(await findings(page, look), "a failing webhook").toEqual([]);
      await deliveryRows(page, "search_completed").getByRole("link").click();
      await expect(page.getByRole("dialog").getByRole("region", { name: "Diagnosis" })).toBeVisible();
      expect(await findings(page, look), "the drawer").toEqual([]);
      receiver.answerAlways({ status: 200, body: "<!doctype html><title>Welcome</title>" });
      await page.keyboard.press("Escape");
      await diagnosis.getByRole("button", { name: "Send a test" }).click();
      await expect(page.getByText("Fixed", { exact: true })).toBeVisible();
      expect(await findings(page, look), "one that is fixed").toEqual([]);
      await page.goto("/docs/causes");
      await expect(page.getByRole("heading", { name: "Causes of failures" })).toBeVisible();
      expect(await findings(page, look), "the causes").toEqual([]);
    });

    test("nor what opens on top of a page", async ({ page, account, receiver }) => {
      const id = await account.addWebhook({ webhook_url: receiver.url, secret: "a secret of my own" });
      await account.publish();
      await visit(page, "/dashboard?new=1");
      await expect(page.getByRole("dialog", { name: "New webhook" })).toBeVisible();
      expect(await findings(page, look), "a new webhook").toEqual([]);
      await visit(page, "/dashboard");
      await page.keyboard.press("ControlOrMeta+k");
      await expect(page.getByRole("option", { name: "Event catalogue" })).toBeVisible();
      expect(await findings(page, look), "the palette").toEqual([]);
      await openWebhook(page, id, "Settings");
      await page.getByRole("button", { name: "Rotate…" }).click();
      await expect(page.getByRole("dialog", { name: "Rotate the secret" })).toBeVisible();
      expect(await findings(page, look), "rotation").toEqual([]);
      await openWebhook(page, id);
      await deliveryRows(page, "Delivered").getByRole("link").click();
      await expect(page.getByRole("dialog", { name: "Delivery" }).getByText("200").first()).toBeVisible();
      expect(await findings(page, look), "the drawer").toEqual([]);
    });
  });
}

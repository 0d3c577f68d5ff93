import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@/testing/browser";
import { trpcClient } from "@/testing/client";
import { deliveryRows, openWebhook, visit } from "@/testing/screen";

const forwards_to = "http://localhost:3000/hooks/of-the-whole-company/incoming";

test("a listener says where it forwards to, and promises nothing that only a webhook does", async ({
  page,
  app,
  account,
}) => {
  const client = trpcClient(app, app.platformKey, account.customerId);
  const { webhook } = await client.listeners.open.mutate({ name: "ada-laptop", forwards_to });
  await account.publish();
  await visit(page, "/dashboard");
  await expect(page.getByRole("list", { name: "Webhooks" })).toContainText("to a machine of yours");

  await page.setViewportSize({ width: 390, height: 844 });
  await openWebhook(page, webhook.id);
  await expect(page.getByText(forwards_to)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);

  await openWebhook(page, webhook.id, "Settings");
  await expect(page.getByText("none by itself: what fails can be redelivered")).toBeVisible();
  await expect(page.getByText("Time limit")).toHaveCount(0);
  await expect(page.getByLabel("Deliveries per second")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Add a header" })).toBeVisible();

  await openWebhook(page, webhook.id);
  await deliveryRows(page, "search_completed").getByRole("link").click();
  const attempts = page.getByRole("dialog").getByRole("list", { name: "Attempts" });
  await expect(attempts.getByRole("listitem")).toHaveCount(1);
});

import { expect, test } from "@/testing/browser";
import { deliveryRows, visit } from "@/testing/screen";

/** How many places the browser marks in what is shown. */
const marked = () => CSS.highlights.get("search-hits")?.size ?? 0;

test("an event that no webhook matched is listed as it comes, found by a value of it, and says why nobody got it", async ({
  page,
  account,
  receiver,
}) => {
  await account.addWebhook({ webhook_url: receiver.url, events: ["flow_run_failed"] });
  await visit(page, "/dashboard");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Events" }).click();
  await expect(page.getByText("Waiting for the first event…")).toBeVisible();

  const rows = page.getByRole("table", { name: "Events" }).locator("tbody tr[data-index]");
  const id = await account.publish({ search_id: "S-1", case_id: "C-42", reasons: ["pep", "sanctions"] });
  await account.publish({ search_id: "S-2", case_id: "C-43" });
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText("To no webhook");

  await page.getByRole("radio", { name: "Matched", exact: true }).click();
  await expect(page.getByText("No event fits these filters")).toBeVisible();
  await page.getByRole("radio", { name: "No webhook" }).click();
  await expect(rows).toHaveCount(2);

  await page.getByLabel("Search by event id or payload").fill("data.reasons = sanctions");
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("data.reasons[1]: sanctions");
  await rows.getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/dashboard/events/${id}`));
  await expect(page.getByText("does not receive this type")).toBeVisible();
  await expect.poll(() => page.evaluate(marked)).toBe(1);
  await page.goBack();
  await expect(rows).toHaveCount(1);
});

test("a whole value is found among many by the index, parts of values by reading payloads, and it is said", async ({
  page,
  account,
}) => {
  const many = Array.from({ length: 600 }, (_, index) => ({
    customer_id: account.customerId,
    type: "search_completed",
    data: { search_id: `S-${index}`, case_id: `C-${index}` },
  }));
  await account.call("POST", "/events", many);
  await visit(page, "/dashboard/events?q=C-7");
  const rows = page.getByRole("table", { name: "Events" }).locator("tbody tr[data-index]");
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("Whole values, as far back as anything is kept.")).toBeVisible({
      timeout: 1_000,
    });
  }).toPass();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("data.case_id: C-7");
  await page.getByRole("button", { name: "Look for parts of values too" }).click();
  await expect(rows).toHaveCount(11); // C-7, and C-70 to C-79
  await expect(page.getByText("parts of values are found too")).toBeVisible();
  await page.getByRole("button", { name: "Whole values only" }).click();
  await expect(rows).toHaveCount(1);
});

test("a delivery that is searched for shows where, in its row and in its payload", async ({
  page,
  account,
  receiver,
}) => {
  receiver.answerAlways({ status: 200 });
  await account.addWebhook({ webhook_url: receiver.url });
  await account.publish({ search_id: "S-1", query: { name: "Amelia Hartmann" } });
  await account.publish({ search_id: "S-2", query: { name: "Someone Else" } });
  await visit(page, "/dashboard/deliveries?q=Hartmann");
  await expect(deliveryRows(page)).toHaveCount(1);
  await expect(deliveryRows(page)).toContainText("data.query.name: Amelia Hartmann");
  await expect(deliveryRows(page).locator("mark")).toHaveText("Hartmann");
  await deliveryRows(page).getByRole("link").click();
  await expect(page.getByRole("dialog", { name: "Delivery" })).toContainText("Amelia Hartmann");
  await expect.poll(() => page.evaluate(marked)).toBe(1);
});

test("two webhooks with one URL are told apart where an event went", async ({ page, account, receiver }) => {
  const first = await account.addWebhook({ webhook_url: receiver.url, description: "For the archive" });
  const second = await account.addWebhook({ webhook_url: receiver.url });
  await visit(page, `/dashboard/events/${await account.publish()}`);
  const lines = page.getByRole("main").getByRole("listitem").filter({ hasText: receiver.url });
  await expect(lines.filter({ hasText: first })).toContainText("For the archive");
  await expect(lines.filter({ hasText: second })).toHaveCount(1);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Documentation" }).click();
  await expect(page).toHaveURL(/\/docs$/);
});

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@/testing/browser";
import { choose, openWebhook, visit } from "@/testing/screen";

const search = (hit_count: number) => ({ search_id: "a search", hit_count });

test("a filter is drawn, tried on what came lately, saved, and told with what it keeps away", async ({
  page,
  account,
  receiver,
}) => {
  for (const hits of [1, 2, 3]) await account.publish(search(hits));
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id, "Settings");

  await choose(page, "Type of event to filter", "search_completed");
  await page.getByRole("button", { name: "Add a condition" }).click();
  await page.getByLabel("Field of condition 1 of search_completed").fill("data.hit_count");
  await choose(page, "How condition 1 of search_completed compares", "is at least");
  await expect(page.getByText("data.hit_count has no value yet.")).toBeVisible();
  await page.getByLabel("Value of condition 1 of search_completed").fill("2");
  await expect(page.getByText("Would have matched 2 of the 3 events so far of these types.")).toBeVisible();
  await page.getByText("The newest that would not be sent, and why").click();
  await expect(page.getByText("data.hit_count is 1, asked for at least 2")).toBeVisible();
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);

  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  const kept = await account.publish(search(0));
  await account.publish(search(5));
  const [request] = await receiver.waitFor(1);
  expect(JSON.parse(request?.body.toString() ?? "")).toMatchObject({ data: { hit_count: 5 } });
  await visit(page, `/dashboard/events/${kept}`);
  await expect(page.getByText("Not sent: data.hit_count is 0, asked for at least 2.")).toBeVisible();
});

test.describe("a filter that the server refuses", () => {
  test.use({ tolerated: [/status of 400 .*webhooks\.(?:update|previewFilter)/] });

  test("what the form cannot draw is kept, and edited as JSON", async ({ page, account, receiver }) => {
    const odd = { op: "not", condition: { op: "equals", path: "data.query", value: null } };
    const id = await account.addWebhook({
      webhook_url: receiver.url,
      conditions: { search_completed: odd },
    });
    await openWebhook(page, id, "Settings");
    await expect(page.getByText("not (data.query is null)")).toBeVisible();
    await page.getByRole("button", { name: "Condition", exact: true }).click();
    await page.getByLabel("Field of condition 2 of search_completed").fill("data.listed");
    await expect(page.getByText(/The catalogue has no data.listed here/)).toBeVisible();
    await page.getByLabel("Value of condition 2 of search_completed").fill("yes");
    await page.getByRole("radio", { name: "JSON" }).click();
    const json = page.getByRole("textbox", { name: "Conditions" });
    const both = { op: "and", conditions: [odd, { op: "equals", path: "data.listed", value: "yes" }] };
    await expect(json).toHaveValue(JSON.stringify({ search_completed: both }, null, 2));
    await json.fill('{ "*": { "op": "is" } }');
    await expect(json).toHaveAccessibleDescription(/whose op is one of/);
    await json.fill('{ "*": { "op": "exists", "path": "hits[0]", "value": true } }');
    await expect(page.getByText(/\*\.path: Must be keys with dots/)).toHaveCount(0);
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText(/\*\.path: Must be keys with dots/)).toBeVisible();
  });
});

test("every type is one choice, and none of it is lost when one is taken out", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id, "Settings");
  await page.getByLabel("Every type").check();
  await expect(page.getByLabel("flow_run_failed")).toBeChecked();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.getByLabel("search_completed").uncheck();
  await expect(page.getByLabel("Every type")).not.toBeChecked();
  await expect(page.getByLabel("flow_run_failed")).toBeChecked();
});

import { expect, test } from "@/testing/browser";
import { deliveryRows, openWebhook } from "@/testing/screen";

test("a refused payload is compared by path with the last one of its type that was taken, tests aside", async ({
  page,
  account,
  receiver,
}) => {
  receiver.answerAlways(({ body }) => (body.includes("inconclusive") ? { status: 422 } : { status: 200 }));
  const id = await account.addWebhook({ webhook_url: receiver.url });
  const taken = await account.publish({ search_id: "s-1", hit_count: 2, outcome: "complete", note: "kept" });
  await receiver.waitFor(1);
  await account.call("POST", `/webhooks/${id}/test`, { event_type: "search_completed" });
  await account.publish({ search_id: "s-2", hit_count: 2, outcome: "inconclusive" });
  await openWebhook(page, id);
  await deliveryRows(page, "422").getByRole("link").click();
  const drawer = page.getByRole("dialog", { name: "Delivery" });
  await drawer.getByRole("radio", { name: "Diff: last success" }).click();
  await expect(drawer.getByRole("paragraph").filter({ hasText: "Compared with" })).toContainText(
    `${taken}, the last search_completed`,
  );
  const payload = drawer.getByRole("figure", { name: "Difference of the payloads" });
  await expect(payload).toContainText('$.data.noteremoved: − "kept"');
  await expect(payload).toContainText('$.data.outcomeremoved: − "complete"added: + "inconclusive"');
  await expect(payload).not.toContainText("created_at");
  await expect(drawer.getByRole("figure", { name: "Difference of the responses" })).toContainText(
    "status: 422",
  );
  await drawer.getByRole("button", { name: "ids and times differ" }).click();
  await expect(payload).toContainText("$.created_at");
  await drawer.getByRole("link", { name: taken }).click();
  await expect(page).toHaveURL(new RegExp(`/deliveries/${taken}$`));
});

test("where nothing of the type was taken yet, that is said", async ({ page, account, receiver }) => {
  receiver.answerAlways({ status: 422 });
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await account.publish();
  await openWebhook(page, id);
  await deliveryRows(page, "422").getByRole("link").click();
  await page.getByRole("radio", { name: "Diff: last success" }).click();
  await expect(page.getByText("This webhook has no success of this type yet.")).toBeVisible();
});

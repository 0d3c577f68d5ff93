import { expect, test } from "@/testing/browser";
import { choose, deliveryRows, openWebhook, visit } from "@/testing/screen";

test("a failed delivery shows every attempt, and is redelivered under the same id", async ({
  page,
  account,
  receiver,
}) => {
  receiver.answerAlways({ status: 422, body: '{"error":"unknown field"}' });
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id);
  const eventId = await account.publish();
  await deliveryRows(page, "Failed").getByRole("link").click();
  const drawer = page.getByRole("dialog", { name: "Delivery" });
  await expect(drawer.getByRole("list", { name: "Attempts" }).getByRole("listitem")).toHaveCount(3);
  await expect(drawer.getByText("Let unknown fields pass")).toBeVisible();
  await expect(drawer.getByRole("figure", { name: "Response" })).toContainText("unknown field");
  await drawer.getByRole("tab", { name: "1", exact: true }).click();
  await expect(drawer.getByRole("figure", { name: "Request" })).toContainText("X-Attempt 1");

  receiver.answerAlways({ status: 200 });
  await drawer.getByRole("button", { name: "Redeliver" }).click();
  await expect(drawer.getByText("Delivered")).toBeVisible();
  const [again] = await receiver.waitFor(1, ({ headers }) => headers["x-attempt"] === "4");
  expect(again?.headers).toMatchObject({ "x-event-id": eventId, "x-attempt-reason": "manual" });

  await drawer.getByRole("link", { name: "Open as a page" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "search_completed" })).toBeVisible();
});

test("all that failed is recovered at once, and the button says how many that are", async ({
  page,
  account,
  receiver,
}) => {
  receiver.answerAlways({ status: 404 });
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id);
  const events = [await account.publish(), await account.publish()];
  await expect(deliveryRows(page, "Failed")).toHaveCount(2);
  receiver.answerAlways({ status: 200 });
  await page.getByRole("button", { name: "Recover…" }).click();
  await page.getByRole("button", { name: "Resend 2 events" }).click();
  await expect(page.getByText("2 events on the way again")).toBeVisible();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(2);
  const again = await receiver.waitFor(2, ({ headers }) => headers["x-attempt"] === "4");
  expect(again.map(({ headers }) => headers["x-event-id"]).sort()).toEqual(events.sort());
});

test("what was sent while another tab was open is in the list as soon as it is looked at again", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id);
  await account.publish();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(1);
  await page.getByRole("tab", { name: "Test" }).click();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await receiver.waitFor(1, ({ headers }) => headers["x-attempt-reason"] === "test");
  await page.getByRole("tab", { name: "Deliveries" }).click();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(2);
});

test("what changed while other filters were on is right once they are off again", async ({
  page,
  account,
  receiver,
}) => {
  let answer = () => {};
  const isAsked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  receiver.answerAlways(async () => {
    await isAsked;
    return { status: 200 };
  });
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id);
  await account.publish();
  await receiver.waitFor(1);
  await expect(deliveryRows(page)).toHaveCount(1);
  await page.getByRole("radio", { name: "Failed" }).click();
  await expect(page.getByText("No delivery fits these filters")).toBeVisible();
  answer();
  const statuses = async () => {
    const sent = await account.call<{ status: string }[]>("GET", `/webhooks/${id}/events`);
    return sent.map(({ status }) => status);
  };
  await expect.poll(statuses).toEqual(["delivered"]);
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(1);
});

test("filters live in the address: a reload keeps them, and going back undoes them", async ({
  page,
  account,
  receiver,
}) => {
  receiver.answerAlways({ status: 200 });
  await account.addWebhook({ webhook_url: receiver.url, events: ["search_completed", "flow_run_failed"] });
  const needle = await account.publish({ search_id: "needle", hit_count: 1 });
  await account.publish();
  await account.call("POST", "/events", {
    customer_id: account.customerId,
    type: "flow_run_failed",
    data: { flow_run_id: "run-1" },
  });
  await visit(page, "/dashboard/deliveries");
  await expect(deliveryRows(page, "Delivered")).toHaveCount(3);
  await choose(page, "Event type", "search_completed");
  await expect(deliveryRows(page)).toHaveCount(2);
  await page.getByLabel("Search by event id or payload").fill("needle");
  await expect(deliveryRows(page)).toHaveCount(1);
  await page.reload();
  await expect(page.getByLabel("Search by event id or payload")).toHaveValue("needle");
  await expect(deliveryRows(page)).toHaveCount(1);

  await deliveryRows(page).getByRole("link").click();
  await expect(page.getByRole("dialog", { name: "Delivery" })).toContainText(needle);
  await page.goBack();
  await expect(page.getByRole("dialog", { name: "Delivery" })).toBeHidden();
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(deliveryRows(page)).toHaveCount(3);
});

test("an event says for each webhook what became of it, and why", async ({ page, account, receiver }) => {
  await account.addWebhook({ webhook_url: `${receiver.url}/listening` });
  await account.addWebhook({ webhook_url: `${receiver.url}/other`, events: ["flow_run_failed"] });
  await account.addWebhook({ webhook_url: `${receiver.url}/off`, is_active: false });
  const eventId = await account.publish();
  await visit(page, `/dashboard/events/${eventId}`);
  const line = (path: string) => page.getByRole("listitem").filter({ hasText: receiver.url + path });
  await expect(line("/listening")).toContainText("Delivered");
  await expect(line("/other")).toContainText("does not receive this type");
  await expect(line("/off")).toContainText("was switched off");
});

test("what is scrolled to its end goes on, page after page", async ({ page, account, receiver }) => {
  await account.addWebhook({ webhook_url: receiver.url });
  await Promise.all(Array.from({ length: 180 }, () => account.publish()));
  await visit(page, "/dashboard/deliveries");
  const table = page.getByRole("table", { name: "Deliveries" });
  await expect(async () => {
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await expect(table).toHaveAttribute("aria-rowcount", "180", { timeout: 50 });
  }).toPass();
});

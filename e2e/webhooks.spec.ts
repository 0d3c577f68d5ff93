import { EventEmitter, once } from "node:events";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { expect, test } from "@/testing/browser";
import { type ReceivedRequest, standardHeaders } from "@/testing/receiver";
import { choose, deliveryRows, openWebhook, secretShown, visit, webhookRow } from "@/testing/screen";

const oldSecret = `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`;

test.describe(() => {
  test.use({ tolerated: [/status of 400/] });

  test("the test panel says which part of the data its type does not allow", async ({
    page,
    account,
    receiver,
  }) => {
    const id = await account.addWebhook({ webhook_url: receiver.url });
    await openWebhook(page, id, "Test");
    await choose(page, "Event type", "flow_run_failed");
    const data = page.getByRole("textbox", { name: "Data" });
    await data.fill('{ "flow_run_id": 7 ');
    await expect(data).toHaveAccessibleDescription(/This is not JSON yet/);
    await data.fill('{ "flow_run_id": 7 }');
    await data.press("ControlOrMeta+Enter");
    await expect(data).toHaveAccessibleDescription(/flow_run_id: /);
    expect(receiver.requests).toHaveLength(0);
  });
});

test("the test panel sends what was edited, and shows request, answer, timings and verdict", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id, "Test");
  await choose(page, "Event type", "flow_run_failed");
  const data = page.getByRole("textbox", { name: "Data" });
  await data.fill('{ "flow_run_id": "run-7", "note": "by hand" }');
  receiver.answerNext({ status: 201, headers: { "x-handled-by": "flows" }, body: "thank you" });
  await data.press("ControlOrMeta+Enter");
  await expect(page.getByText("Your endpoint took it.")).toBeVisible();
  await expect(page.getByRole("figure", { name: "Request" })).toContainText('"note": "by hand"');
  const answer = page.getByRole("figure", { name: "Response" });
  await expect(answer).toContainText("x-handled-by flows");
  await expect(answer).toContainText("thank you");
  await expect(page.getByRole("term").filter({ hasText: "First byte" })).toBeVisible();
  const [request] = (await receiver.waitFor(1)) as [ReceivedRequest];
  expect(request.headers).toMatchObject({ "x-attempt-reason": "test", "x-event-name": "FLOW_RUN_FAILED" });

  receiver.answerNext({ status: 401 });
  await data.press("ControlOrMeta+Enter");
  await expect(page.getByText(/asks for credentials that webhooks do not send/)).toBeVisible();
});

test("the eleventh webhook is refused before anything is typed", async ({ page, account, receiver }) => {
  for (let count = 0; count < 9; count += 1) {
    await account.addWebhook({ webhook_url: `${receiver.url}/${count}` });
  }
  await visit(page, "/dashboard");
  await page.getByRole("button", { name: /^Add webhook/ }).click();
  await page.getByLabel("Endpoint URL").fill(`${receiver.url}/the-tenth`);
  await page.getByRole("radio", { name: /^None/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Add webhook" }).click();
  await expect(webhookRow(page, "/the-tenth")).toBeVisible();
  await expect(page.getByText("10 of 10")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Add webhook/ })).toBeDisabled();
});

test("a change of URL and events counts from the next event on", async ({ page, account, receiver }) => {
  const id = await account.addWebhook({ webhook_url: `${receiver.url}/old`, events: [] });
  await openWebhook(page, id, "Settings");
  await page.getByLabel("Endpoint URL").fill(`${receiver.url}/new`);
  await page.getByLabel("search_completed").check();
  await page.getByLabel("Description").fill("Moved");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await account.publish();
  const [request] = await receiver.waitFor(1);
  expect(request?.url).toBe("/new");
  await visit(page, "/dashboard");
  await expect(webhookRow(page, "/new")).toContainText("Moved");
});

test("a rotated secret is shown once, and both sign meanwhile", async ({ page, account, receiver }) => {
  const id = await account.addWebhook({ webhook_url: receiver.url, secret: oldSecret });
  await openWebhook(page, id, "Settings");
  await page.getByRole("button", { name: "Rotate…" }).click();
  await choose(page, "Overlap", "1 hour");
  await page.getByRole("button", { name: "Generate new secret" }).click();
  const secret = await secretShown(page);
  await page.getByRole("button", { name: "I have copied it" }).click();
  await expect(page.getByText("The old secret leads.")).toBeVisible();
  await account.publish();
  const [request] = (await receiver.waitFor(1)) as [ReceivedRequest];
  for (const each of [secret, oldSecret]) {
    new StandardWebhook(each).verify(request.body.toString(), standardHeaders(request));
  }
  await page.reload();
  await expect(page.getByText(/Requests are signed/)).toBeVisible();
  expect(await page.content()).not.toContain("whsec_");
});

test("a secret that was typed and then thought better of is not the next one", async ({
  page,
  account,
  receiver,
}) => {
  const id = await account.addWebhook({ webhook_url: receiver.url, secret: oldSecret });
  await openWebhook(page, id, "Settings");
  await page.getByRole("button", { name: "Rotate…" }).click();
  await page.getByLabel("Own secret").fill(oldSecret);
  await expect(page.getByRole("button", { name: "Use this secret" })).toBeEnabled();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Rotate…" }).click();
  await expect(page.getByLabel("Own secret")).toHaveValue("");
  await expect(page.getByRole("button", { name: "Generate new secret" })).toBeVisible();
});

test("deleting asks first, naming what is lost", async ({ page, account, receiver }) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  receiver.answerAlways("hang");
  await account.publish();
  await receiver.waitFor(1);
  await visit(page, "/dashboard");
  await page.getByRole("button", { name: `More for ${receiver.url}` }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  const question = page.getByRole("alertdialog", { name: "Delete this webhook?" });
  await expect(question).toContainText("1 waiting delivery is cancelled.");
  await question.getByRole("button", { name: "Keep" }).click();
  await expect(webhookRow(page, receiver.url)).toBeVisible();

  await page.getByRole("button", { name: `More for ${receiver.url}` }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  await page.getByRole("button", { name: "Delete webhook" }).click();
  await expect(page.getByText("Webhook deleted")).toBeVisible();
  await expect(page.getByText("No webhook yet")).toBeVisible();
  await expect(account.call("GET", `/webhooks/${id}`)).rejects.toThrow(/404|not/);
});

test("what waits for a webhook is held while it is off, and goes on once it is on again", async ({
  page,
  account,
  receiver,
}) => {
  receiver.answerNext({ status: 503, headers: { "retry-after": "3600" } });
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id);
  await account.publish();
  await receiver.waitFor(1);
  const toggle = page.getByRole("switch", { name: `Deliver to ${receiver.url}` });
  await toggle.click();
  await expect(page.getByText("Switched off. What is pending is held.")).toBeVisible();
  await expect(deliveryRows(page, "Held")).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(toggle).toBeChecked();
  await expect(deliveryRows(page, "Retrying")).toHaveCount(1);
  await deliveryRows(page).getByRole("link").click();
  await page.getByRole("button", { name: "Send now" }).click();
  await expect(page.getByRole("dialog").getByText("Delivered")).toBeVisible();
});

test("an answer from before a switch does not put it back", async ({ page, account, receiver }) => {
  const id = await account.addWebhook({ webhook_url: receiver.url });
  await openWebhook(page, id);
  const toggle = page.getByRole("switch", { name: `Deliver to ${receiver.url}` });
  const steps = new EventEmitter();
  const [asked, switched, answered] = ["asked", "switched", "answered"].map((step) => once(steps, step));
  await page.route(/\/api\/trpc\/[^?]*webhooks\.get/, async (route) => {
    const response = await route.fetch();
    steps.emit("asked");
    await switched;
    await route.fulfill({ response }).catch(() => {}); // nobody waits for one that was dropped
    steps.emit("answered");
  });
  await account.publish();
  await asked;
  await toggle.click();
  await expect(page.getByText("Switched off. What is pending is held.")).toBeVisible();
  steps.emit("switched");
  await answered;
  await page.waitForTimeout(500); // what an old answer would change has changed by then
  await expect(toggle).not.toBeChecked();
  await expect(page.getByText("Disabled", { exact: true })).toBeVisible();
});

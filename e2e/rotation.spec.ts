import { createHmac } from "node:crypto";
import { expect, test } from "@/testing/browser";
import { choose, deliveryRows, openWebhook } from "@/testing/screen";

const oldSecret = "the old secret of a story";
const newSecret = "the new secret of a story";

test("a rotation shows how far the endpoint has followed it", async ({ page, account, receiver }) => {
  let secret = oldSecret;
  receiver.answerAlways(({ headers, body }) => {
    const right = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
    return { status: headers["x-signature"] === right ? 200 : 401 };
  });
  const id = await account.addWebhook({ webhook_url: receiver.url, secret: oldSecret });
  await openWebhook(page, id, "Settings");
  await page.getByRole("button", { name: "Rotate…" }).click();
  const dialog = page.getByRole("dialog", { name: "Rotate the secret" });
  await choose(page, "Overlap", "None: only the new one, at once");
  await expect(dialog).toContainText("refused until your endpoint has the new one");
  await choose(page, "Overlap", "24 hours");
  await page.getByLabel("Own secret").fill(newSecret);
  await page.getByRole("button", { name: "Use this secret" }).click();
  await expect(page.getByText("The old secret leads.")).toBeVisible();

  await page.getByRole("tab", { name: "Deliveries" }).click();
  const rotation = page.getByRole("region", { name: "Rotation" });
  await expect(rotation).toContainText("The old secret leads. Both sign until");
  await account.publish();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(1);
  await expect(rotation).toContainText("The old secret leads.");

  secret = newSecret;
  await account.publish();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(2);
  await expect(rotation).toContainText(
    /The new secret leads · switched at \d\d:\d\d:\d\d\. The old one signs too until/,
  );
  expect(receiver.requests).toHaveLength(3);

  await deliveryRows(page).first().getByRole("link").click();
  await expect(page.getByRole("list", { name: "Attempts" }).getByRole("listitem")).toHaveText([/401/, /200/]);
});

test("an endpoint that takes neither secret is told of the rotation", async ({ page, account, receiver }) => {
  receiver.answerAlways({ status: 401 });
  const id = await account.addWebhook({ webhook_url: receiver.url, secret: oldSecret });
  await account.call("POST", `/webhooks/${id}/rotate-secret`, { secret: newSecret });
  await account.publish();
  await receiver.waitFor(2);
  await openWebhook(page, id);
  await expect(
    page.getByText(/refuses both secrets \(401\)\. The secret was rotated 1 min before/),
  ).toBeVisible();

  await page.getByRole("tab", { name: "Settings" }).click();
  await expect(page.getByText("Refuses what either secret signs.")).toBeVisible();
  await page.getByRole("button", { name: "Rotate…" }).click();
  await expect(page.getByText(/the one that was new is dropped/)).toBeVisible();
});

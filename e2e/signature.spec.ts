import { createHmac } from "node:crypto";
import { expect, test } from "@/testing/browser";
import { visit } from "@/testing/screen";

const plain = "0123456789abcdef0123456789abcdef";

test("an attempt that a link names is filled in and checked, with what the endpoint said about it", async ({
  page,
  account,
  receiver,
}) => {
  receiver.answerAlways({ status: 401, body: "WebhookVerificationError: Message timestamp too new" });
  const id = await account.addWebhook({ webhook_url: receiver.url, secret: plain });
  const eventId = await account.publish({ search_id: "a-search", hit_count: 2 });
  const [request] = await receiver.waitFor(2);
  await visit(page, `/dashboard/signature?webhook=${id}&event=${eventId}&attempt=1`);
  const headers = page.getByLabel("Headers");
  await expect(headers).toHaveValue(new RegExp(`webhook-id: ${eventId}`));
  await expect(headers).toHaveValue(/X-Attempt: 1\n/);
  await expect(headers).toHaveValue(/X-Signature: \(as sent\)/);
  await expect(page.getByLabel("Body")).toHaveValue(request?.body.toString() ?? "");
  const findings = page.getByRole("list", { name: "Findings" }).getByRole("listitem");
  await expect(findings.first()).toContainText("taken for milliseconds");

  const computed = createHmac("sha256", plain)
    .update(request?.body ?? "")
    .digest("hex");
  await page.getByLabel(/said or computed/).fill(`expected ${computed}`);
  await page.getByRole("button", { name: "Check" }).click();
  await expect(findings.first()).toContainText("put sha256= in front");
});

test("a log is enough, in the form that a language prints it", async ({ page, account, receiver }) => {
  const id = await account.addWebhook({ webhook_url: receiver.url, secret: plain });
  await account.publish();
  const [request] = await receiver.waitFor(1);
  const environment = Object.entries(request?.headers ?? {}).map(
    ([name, value]) => `    [HTTP_${name.toUpperCase().replaceAll("-", "_")}] => ${value}`,
  );
  await visit(page, `/dashboard/signature?webhook=${id}`);
  await page.getByLabel("Headers").fill(`Array\n(\n${environment.join("\n")}\n)`);
  await page.getByRole("button", { name: "Check" }).click();
  const findings = page.getByRole("list", { name: "Findings" });
  await expect(findings).toContainText("X-Signature fits the current secret.");
  await expect(findings).toContainText("webhook-signature fits the current secret.");
});

test("a secret that libraries decode is said to be one while it is typed, and may be used all the same", async ({
  page,
  account,
}) => {
  await account.addWebhook({ webhook_url: "https://example.com/other" });
  await visit(page, "/dashboard?new=1");
  const dialog = page.getByRole("dialog", { name: "New webhook" });
  await dialog.getByLabel("Endpoint URL").fill("https://example.com/hook");
  await dialog.getByLabel("search_completed").check();
  await dialog.getByRole("radio", { name: /Use my own/ }).click();
  const secret = dialog.getByLabel("Secret", { exact: true });
  await secret.fill(plain);
  await expect(secret).toHaveAccessibleDescription(/decode a secret like this from base64.*generated here/);
  await secret.fill("schlüssel");
  await expect(secret).toHaveAccessibleDescription(/character codes for bytes/);
  await secret.fill(plain);
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  await expect(page.getByText("Webhook added")).toBeVisible();
});

import { Webhook as StandardWebhook } from "standardwebhooks";
import { accountOf, newPerson } from "@/testing/account";
import { expect, test } from "@/testing/browser";
import { type ReceivedRequest, standardHeaders } from "@/testing/receiver";
import { deliveryRows, secretShown, visit, webhookRow } from "@/testing/screen";

test("from signing up to a first event that is received, verified and seen live", async ({
  page,
  app,
  receiver,
}) => {
  const person = newPerson();
  await visit(page, "/");
  await page.getByRole("link", { name: "Sign up" }).click();
  await page.getByLabel("Company").fill(person.company);
  await page.getByLabel("Your name").fill(person.name);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign up" }).click();

  await page.getByRole("link", { name: "Add your first webhook" }).click();
  const dialog = page.getByRole("dialog", { name: "New webhook" });
  await dialog.getByLabel("Endpoint URL").fill(receiver.url);
  await dialog.getByLabel("search_completed").check();
  await dialog.getByLabel("Description").fill("Screening results");
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  const secret = await secretShown(page);
  await page.getByRole("button", { name: "I have copied it" }).click();

  const row = webhookRow(page, receiver.url);
  await expect(row).toContainText("nothing sent yet");
  await expect(row).toContainText("Screening results");
  await expect(page.getByText("1 of 10")).toBeVisible();

  const loadedAt = await page.evaluate(() => performance.timeOrigin);
  const account = await accountOf(app, page.request, person);
  const eventId = await account.publish({ search_id: "a-search", hit_count: 3 });
  const [request] = (await receiver.waitFor(1)) as [ReceivedRequest];
  const verified = new StandardWebhook(secret).verify(request.body.toString(), standardHeaders(request));
  expect(verified).toMatchObject({ id: eventId, data: { hit_count: 3 } });
  await expect(row).toContainText("Active");
  await expect(row).toContainText("200");

  await row.getByRole("link").click();
  await expect(page.getByRole("heading", { name: receiver.url })).toBeVisible();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(1);
  await account.publish();
  await expect(deliveryRows(page, "Delivered")).toHaveCount(2);
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(loadedAt);
});

test("a URL that nothing may be sent to is refused while it is typed, by the server's own rules", async ({
  page,
  account,
}) => {
  await visit(page, "/dashboard?new=1");
  const url = page.getByLabel("Endpoint URL");
  await url.fill("http://example.com/hook");
  await expect(url).toHaveAccessibleDescription(/https/);
  await expect(url).toHaveAttribute("aria-invalid", "true");
  await url.fill("https://ada:secret@example.com/hook");
  await expect(url).toHaveAccessibleDescription(/user/i);
  await url.fill("https://example.com/hook");
  await expect(url).toHaveAttribute("aria-invalid", "false");
  await page.getByRole("dialog").getByRole("button", { name: "Add webhook" }).click();
  await expect(page.getByText("Webhook added")).toBeVisible();
  expect(await account.call("GET", "/webhooks")).toMatchObject([{ webhook_url: "https://example.com/hook" }]);
});

import { newPerson, signUp } from "@/testing/account";
import { startApp } from "@/testing/app";
import { expect, test } from "@/testing/browser";
import { deliveryRows, openWebhook, visit } from "@/testing/screen";

const pages = [
  "/dashboard",
  "/dashboard/deliveries?status=failed",
  "/dashboard/catalogue",
  "/dashboard/signature",
  "/dashboard/keys",
  "/dashboard/team",
  "/dashboard/settings",
  "/dashboard/webhooks/0193a6f2-7c1e-7b3a-9d54-2f8e6a1c0b47",
  "/dashboard/webhooks/0193a6f2-7c1e-7b3a-9d54-2f8e6a1c0b47/deliveries/an-event",
  "/dashboard/events/an-event",
];

test("every page asks who is there, and leads back once that is known", async ({ visitor, app, account }) => {
  for (const path of pages) {
    await visit(visitor, path);
    await expect(visitor).toHaveURL(`${app.url}/sign-in?to=${encodeURIComponent(path)}`);
  }
  await visit(visitor, "/dashboard/deliveries?status=failed");
  await visitor.getByLabel("Email").fill(account.email);
  await visitor.getByLabel("Password").fill(account.password);
  await visitor.getByRole("button", { name: "Sign in" }).click();
  await expect(visitor).toHaveURL(`${app.url}/dashboard/deliveries?status=failed`);
});

test.describe(() => {
  // What a page asks for in the moment in which its session ends is refused.
  test.use({ tolerated: [/status of 401/] });

  test("after signing out, the page that was open asks again", async ({ page, app, account }) => {
    await visit(page, "/dashboard/settings");
    await expect(page.getByText(account.email)).toBeVisible();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await visit(page, "/dashboard/settings");
    await expect(page).toHaveURL(`${app.url}/sign-in?to=%2Fdashboard%2Fsettings`);
  });
});

test.describe(() => {
  test.use({ tolerated: [/status of 404/] });

  test("another customer's ids are not found, whatever they are", async ({
    page,
    visitor,
    app,
    account,
    receiver,
  }) => {
    const id = await account.addWebhook({ webhook_url: receiver.url });
    const eventId = await account.publish();
    await openWebhook(page, id);
    await expect(deliveryRows(page, "Delivered")).toHaveCount(1);
    await signUp(app, visitor.request);
    for (const path of [
      `/dashboard/webhooks/${id}`,
      `/dashboard/webhooks/${id}/deliveries/${eventId}`,
      `/dashboard/events/${eventId}`,
      "/dashboard/webhooks/not-an-id",
    ]) {
      await visit(visitor, path);
      const isNowhere = visitor.getByRole("heading", {
        name: /^There is nothing here$|^No event has this id$/,
      });
      await expect(isNowhere).toBeVisible();
      await expect(visitor.getByText(receiver.url)).toHaveCount(0);
    }
  });
});

test("where sign-up is closed, its page says so and the API refuses", async ({ browser }) => {
  const app = await startApp({ env: { SIGN_UP: "closed" } });
  const page = await browser.newPage({ baseURL: app.url });
  await visit(page, "/sign-in");
  await expect(page.getByRole("link", { name: "Sign up" })).toHaveCount(0);
  await visit(page, "/sign-up");
  await expect(page.getByRole("heading", { name: "Sign-up is closed" })).toBeVisible();
  expect((await page.request.post("/api/auth/sign-up/email", { data: newPerson() })).status()).toBe(403);
  await page.close();
  await app.remove();
});

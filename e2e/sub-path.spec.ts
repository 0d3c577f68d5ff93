import type { Page } from "playwright/test";
import { accountOf, newPerson, signUp } from "@/testing/account";
import { startApp } from "@/testing/app";
import { test as base, expect } from "@/testing/browser";
import { call, newCustomer, trpcClient } from "@/testing/client";
import { type Gateway, startGateway } from "@/testing/gateway";
import { docs, doors, visitable } from "@/testing/pages";
import { choose, deliveryRows, secretShown, visit, webhookRow } from "@/testing/screen";

/** The product at a path of a host whose other paths are somebody else's. */
const test = base.extend<object, { gateway: Gateway }>({
  gateway: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
    async ({}, use) => {
      const gateway = await startGateway("/fanfare");
      await use(gateway);
      await gateway.close();
    },
    { scope: "worker" },
  ],
  app: [
    async ({ authority, gateway }, use) => {
      const app = await startApp({
        env: {
          PUBLIC_URL: gateway.url,
          NODE_EXTRA_CA_CERTS: authority.caFile,
          TRUSTED_PROXIES: "127.0.0.1/32",
          RETRY_SCHEDULE: "1s,1s",
          DELIVERY_TIMEOUT: "3s",
        },
      });
      gateway.leadTo(app.localUrl);
      await use(app);
      await app.remove();
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

test.describe.configure({ timeout: 120_000 });
test.afterEach(({ gateway }) => expect(gateway.strays, "requests beside the path").toEqual([]));

/** Where a page leads on its own host, beside the path. */
const strayLinks = (page: Page) =>
  page
    .locator("[href^='/'], [action^='/'], [src^='/']")
    .evaluateAll((elements) =>
      elements
        .map((one) => ["href", "action", "src"].map((name) => one.getAttribute(name) ?? "").join(""))
        .filter((address) => !/^\/fanfare(\/|\?|$)/.test(address)),
    );

for (const isPathTaken of [false, true]) {
  test.describe(
    isPathTaken ? "behind a proxy that takes the path off" : "behind one that passes it on",
    () => {
      test.beforeEach(({ gateway }) => gateway.takeOff(isPathTaken));

      test("a person signs up, sees a test and a delivery live, signs out, and comes back to the same page", async ({
        app,
        page,
        receiver,
      }) => {
        const person = newPerson();
        await visit(page, app.url);
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
        await dialog.getByRole("button", { name: "Add webhook" }).click();
        expect(await secretShown(page)).toMatch(/^whsec_/);
        await page.getByRole("button", { name: "I have copied it" }).click();

        await webhookRow(page, receiver.url)
          .getByRole("link", { name: /localhost/ })
          .click();
        await page.getByRole("tab", { name: "Test" }).click();
        await page.getByRole("button", { name: "Send", exact: true }).click();
        await expect(page.getByText("Your endpoint took it.")).toBeVisible();
        await visit(page, page.url().replace(/\?.*/, ""));
        await expect(deliveryRows(page, "Delivered")).toHaveCount(1);
        await expect(page.getByText("Live", { exact: true })).toBeVisible();
        await (await accountOf(app, page.request, person)).publish();
        await expect(deliveryRows(page, "Delivered")).toHaveCount(2);

        await choose(page, "Event type", "search_completed");
        await expect(page).toHaveURL(/\/fanfare\/dashboard\/webhooks\/[^/?]+\?.*search_completed/);
        await page.getByRole("button", { name: person.company }).click();
        const isSaved = page.waitForResponse((answer) => answer.request().method() === "POST" && answer.ok());
        await page.getByRole("menuitem", { name: "Dark" }).click();
        await isSaved;
        await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
        const here = page.url();
        await visit(page, here);
        await expect(deliveryRows(page, "Delivered")).toHaveCount(2);
        await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
        for (const { name, path } of await page.context().cookies())
          expect([name, path]).toEqual([name, "/fanfare"]);

        await page.getByRole("button", { name: person.company }).click();
        await page.getByRole("menuitem", { name: "Sign out" }).click();
        await page.waitForURL(`${app.url}/sign-in`);
        await visit(page, here);
        await page.getByLabel("Email").fill(person.email);
        await page.getByLabel("Password").fill(person.password);
        await page.getByRole("button", { name: "Sign in" }).click();
        await page.waitForURL(here);
        await expect(deliveryRows(page, "Delivered")).toHaveCount(2);
      });

      test("every page is there, and leads nowhere else", async ({ app, page, receiver, newVisitor }) => {
        const account = await signUp(app, page.request);
        for (const { path, heading } of await visitable(page, account, receiver, app.url)) {
          await visit(page, `${app.url}${path}`);
          await expect(page.getByRole("heading", { name: heading }).first()).toBeVisible();
          expect(await strayLinks(page), path).toEqual([]);
        }
        const visitor = await newVisitor();
        for (const { path, heading } of [...doors, ...docs]) {
          await visit(visitor, `${app.url}${path}`);
          await expect(visitor.getByRole("heading", { name: heading }).first()).toBeVisible();
          expect(await strayLinks(visitor), path).toEqual([]);
        }
        await visit(visitor, `${app.url}/docs`);
        await expect(visitor.getByText(`curl "${app.url}/webhooks"`).first()).toBeVisible();
        const slash = await visitor.goto(`${app.url}/sign-in/?to=%2Fdashboard%2Fteam`);
        expect([slash?.status(), visitor.url()]).toEqual([200, `${app.url}/sign-in?to=%2Fdashboard%2Fteam`]);

        const path = `/customers/${account.customerId}/portal-links`;
        const { url } = await account.call<{ url: string }>("POST", path, {});
        await visit(visitor, url);
        await visitor.getByRole("button", { name: "Open the dashboard" }).click();
        await visitor.waitForURL(`${app.url}/dashboard`);
      });
    },
  );
}

test("programs call with the path and without it", async ({ app }) => {
  const { id, key } = await newCustomer(app);
  for (const url of [app.url, `${app.localUrl}/fanfare`, app.localUrl]) {
    const at = { ...app, url };
    const made = await call(at, "POST", "/webhooks", {
      key,
      body: { webhook_url: "https://receiver.example" },
    });
    expect(made.status).toBe(201);
    expect(await trpcClient(at, key).webhooks.list.query()).toContainEqual(made.body);
    expect((await call(at, "GET", "/webhooks/", { key })).body).toContainEqual(made.body);
    const event = { customer_id: id, type: "search_completed", data: { search_id: "s" } };
    await call(at, "POST", "/events/", { key: app.platformKey, body: [event, event] });
    const { headers } = await call(at, "GET", "/events?page_size=1", { key });
    const [, next = ""] = /^<(.+)>; rel="next"$/.exec(headers.get("link") ?? "") ?? [];
    expect(next).toMatch(new RegExp(`^${app.url}/events\\?`));
    expect((await fetch(next, { headers: { "x-api-key": key } })).status).toBe(200);
    const document = await call(at, "GET", "/openapi.json");
    expect(document.body).toMatchObject({ servers: [{ url: app.url }] });
    for (const path of ["/healthz", "/readyz/", "/icon.svg", "/api/auth/get-session"]) {
      expect((await fetch(url + path, { redirect: "manual" })).status, url + path).toBe(200);
    }
  }
});

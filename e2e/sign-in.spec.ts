import type { Page } from "playwright/test";
import { expect, test } from "@/testing/browser";
import { call, newCustomer } from "@/testing/client";

// Wrong passwords are told in the page; the browser tells of the answer's status too.
test.use({ tolerated: [/status of 4(00|01|09)/] });

async function signUp(page: Page, email: string): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Company").fill("Northwind Bank");
  await page.getByLabel("Your name").fill("Ada");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill("correct horse");
  await page.getByRole("button", { name: "Sign up" }).click();
  await page.waitForURL(/\/dashboard$/);
}

async function fillSignIn(page: Page, email: string, password = "correct horse"): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Calls a procedure as the dashboard does, with the session of the page. */
const ask = (page: Page, procedure: string, input: unknown) =>
  page.evaluate(
    async ([name, body]) => {
      const init = { method: "POST", headers: { "content-type": "application/json" }, body };
      return (await (await fetch(`/api/trpc/${name}`, init)).json()).result.data;
    },
    [procedure, JSON.stringify(input)] as const,
  );

test("a person signs up, comes back another day, and lands on the page that was wanted", async ({
  newVisitor,
}) => {
  await signUp(await newVisitor(), "ada@example.com");
  const page = await newVisitor();
  await page.goto("/dashboard?q=crm");
  await fillSignIn(page, "ada@example.com", "wrong horse");
  await expect(page.getByRole("alert").filter({ hasText: "wrong" })).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue("ada@example.com");
  await fillSignIn(page, "ada@example.com");
  await page.waitForURL(/\/dashboard\?q=crm$/);
});

test("no link leads a signed-in person to another site", async ({ newVisitor }) => {
  const page = await newVisitor();
  await signUp(page, "to@example.com");
  for (const to of ["//evil.example", "/\\evil.example", "https://evil.example", "/.//evil.example"]) {
    await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
    await expect(page).toHaveURL(/\/dashboard$/);
  }
});

test("each mistake is told beside its field, and the first one gets the focus", async ({ newVisitor }) => {
  const page = await newVisitor();
  await page.goto("/sign-up");
  await page.getByLabel("Company").fill("Northwind Bank");
  await page.getByLabel("Email").fill("ada");
  await page.getByLabel("Password").fill("short");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Your name")).toBeFocused();
  await expect(page.getByLabel("Your name")).toHaveAccessibleDescription("Write your name.");
  await expect(page.getByLabel("Email")).toHaveAccessibleDescription(/like ada@example\.com/);
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription("Choose at least 8 characters.");
});

test("what is submitted before the page is awake is not lost, and never in the address", async ({
  newVisitor,
}) => {
  await signUp(await newVisitor(), "early@example.com");
  const page = await newVisitor();
  let wake = () => {};
  const isAwake = new Promise<void>((resolve) => {
    wake = resolve;
  });
  await page.route("**/*.js", async (route) => {
    await isAwake;
    await route.continue();
  });
  await page.goto("/sign-in", { waitUntil: "commit" });
  await fillSignIn(page, "early@example.com");
  await expect(page).toHaveURL(/\/sign-in$/);
  wake();
  await page.waitForURL(/\/dashboard$/);
});

test("a portal link is opened once by its button, however often it is looked at", async ({
  newVisitor,
  app,
}) => {
  const customer = await newCustomer(app);
  const path = `/customers/${customer.id}/portal-links`;
  const { body } = await call(app, "POST", path, { key: app.platformKey, body: {} });
  const { url } = body as { url: string };
  const scanner = await newVisitor();
  await scanner.goto(url);
  const guest = await newVisitor();
  await guest.goto(url);
  await guest.getByRole("button", { name: "Open the dashboard" }).dblclick();
  await guest.waitForURL(/\/dashboard$/);
  await scanner.getByRole("button", { name: "Open the dashboard" }).click();
  await expect(scanner.getByRole("heading", { name: "This link is over" })).toBeVisible();
  await scanner.goto("/dashboard");
  await expect(scanner.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("an invitation makes a new person a member, once", async ({ newVisitor }) => {
  const owner = await newVisitor();
  await signUp(owner, "owner@example.com");
  const { url } = await ask(owner, "team.invite", { role: "viewer" });
  const guest = await newVisitor();
  await guest.goto(url);
  await expect(guest.getByRole("heading", { name: "Join Northwind Bank" })).toBeVisible();
  await guest.getByLabel("Your name").fill("Bob");
  await guest.getByLabel("Email").fill("bob@example.com");
  await guest.getByLabel("Password").fill("battery staple");
  await guest.getByRole("button", { name: "Sign up" }).click();
  await guest.waitForURL(/\/dashboard$/);
  await owner.goto(url);
  await expect(owner.getByRole("heading", { name: "This invitation is over" })).toBeVisible();
});

test("a reset link sets a new password, once", async ({ newVisitor }) => {
  const owner = await newVisitor();
  await signUp(owner, "forgetful@example.com");
  const [member] = await (await owner.request.get("/api/trpc/team.list"))
    .json()
    .then(({ result }) => result.data);
  const { url } = await ask(owner, "team.createResetLink", { user_id: member.user_id });
  const page = await newVisitor();
  await page.goto(url);
  await page.getByLabel("New password").fill("another horse");
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByRole("link", { name: "Sign in with the new password" }).click();
  await fillSignIn(page, "forgetful@example.com", "another horse");
  await page.waitForURL(/\/dashboard$/);
  await page.goto(url);
  await expect(page.getByRole("heading", { name: "This link is over" })).toBeVisible();
});

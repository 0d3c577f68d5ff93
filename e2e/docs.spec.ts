import { expect, test } from "@/testing/browser";
import { docs } from "@/testing/pages";

// A call without leave, and one that is wrong, are answered; the browser tells of the status too.
test.use({ tolerated: [/status of 40\d/] });

test("somebody without an account finds their way, and the same text for programs", async ({ visitor }) => {
  await visitor.goto("/docs");
  const contents = visitor.getByRole("navigation", { name: "Contents" });
  await contents.getByRole("link", { name: "Receive in Express 5" }).click();
  await expect(visitor.getByRole("figure", { name: "examples/express-5.ts" })).toContainText("express.raw");
  await expect(contents.getByRole("link", { name: "Receive in Express 5" })).toHaveAttribute(
    "aria-current",
    "page",
  );
  const href = await visitor.getByRole("link", { name: "This page in Markdown" }).getAttribute("href");
  const markdown = await visitor.request.get(href ?? "");
  expect(markdown.headers()["content-type"]).toBe("text/markdown; charset=utf-8");
  expect(await markdown.text()).toContain("```ts file=examples/express-5.ts\nimport");
  expect((await visitor.request.get("/docs/no-such-page.md")).status()).toBe(404);
  expect((await visitor.request.get("/docs/no-such-page")).status()).toBe(404);

  const search = visitor.getByRole("searchbox", { name: "Search the documentation" });
  await search.fill("idempotent");
  await search.press("Enter");
  await visitor.getByRole("link", { name: "Idempotent receivers" }).last().click();
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("Idempotent receivers");
});

test("calls are shown in the language of one's choice, which is in the URL", async ({ visitor }) => {
  await visitor.goto("/docs#webhooks-create");
  const call = visitor.getByRole("article", { name: "Register a webhook" });
  await expect(call.getByRole("figure")).toContainText("curl -X POST");
  await call.getByRole("link", { name: "Python" }).click();
  await expect(call.getByRole("figure")).toContainText("requests.post(");
  await expect(visitor).toHaveURL(/\/docs\?code=python#webhooks-create$/);
  await expect(visitor.getByRole("article", { name: "List webhooks" }).getByRole("figure")).toContainText(
    "requests.get(",
  );
});

test("a key makes a call from the page, and is kept nowhere", async ({ visitor, app, account }) => {
  await account.addWebhook({ webhook_url: "https://receiver.example/in" });
  await visitor.goto("/docs?try=webhooks.list#webhooks-list");
  const call = visitor.getByRole("article", { name: "List webhooks" });
  await expect(call.getByText("Needs a key.")).toBeVisible();
  await call.getByLabel("X-API-KEY").fill(app.platformKey);
  await call.getByRole("button", { name: "Send GET" }).click();
  const answer = call.getByRole("region", { name: "Answer" });
  await expect(answer).toContainText("403");
  await call.getByLabel("X-Customer-Id").fill(account.customerId);
  await call.getByRole("button", { name: "Send GET" }).click();
  await expect(answer).toContainText("receiver.example");
  await expect(answer.getByRole("figure", { name: "Request as sent" })).not.toContainText(app.platformKey);
  const kept = await visitor.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]),
  );
  expect(kept).not.toContain(app.platformKey);
});

test("who is signed in makes calls as themselves, and is asked before anything changes", async ({
  page,
  account,
}) => {
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/try/")) sent.push(request.method());
  });
  await page.goto("/docs");
  const create = page.getByRole("article", { name: "Register a webhook" });
  await create.getByRole("button", { name: "Try it" }).click();
  await expect(
    create.getByRole("radio", { name: "As Ada Lindqvist, owner of Northwind Bank" }),
  ).toBeChecked();
  await create
    .getByRole("textbox", { name: "Body" })
    .fill('{ "webhook_url": "https://receiver.example/tried" }');
  await create.getByRole("button", { name: "Send POST…" }).click();
  const question = page.getByRole("alertdialog", { name: "Register a webhook?" });
  await expect(question).toContainText("As Ada Lindqvist, owner of Northwind Bank.");
  await question.getByRole("button", { name: "Don’t send" }).click();
  expect(sent).toEqual([]);
  await create.getByRole("button", { name: "Send POST…" }).click();
  await question.getByRole("button", { name: "Send POST" }).click();
  await expect(create.getByRole("region", { name: "Answer" })).toContainText("201");
  expect(sent).toEqual(["POST"]);
  const [webhook] = await account.call<{ id: string; webhook_url: string }[]>("GET", "/webhooks");
  expect(webhook?.webhook_url).toBe("https://receiver.example/tried");

  const remove = page.getByRole("article", { name: "Delete a webhook" });
  await remove.getByRole("button", { name: "Try it" }).click();
  await expect(remove.getByText("Needs webhook_id.")).toBeVisible();
  await remove.getByRole("textbox", { name: "webhook_id" }).fill(webhook?.id ?? "");
  await expect(remove.getByText("Ends or removes something.")).toBeVisible();
  await remove.getByRole("button", { name: "Send DELETE…" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("cannot be undone");
  await page.getByRole("alertdialog").getByRole("button", { name: "Send DELETE" }).click();
  await expect(remove.getByRole("region", { name: "Answer" })).toContainText("204");
  expect(await account.call("GET", "/webhooks")).toEqual([]);
});

test("on a phone the contents are behind a menu, and no page is wider than it", async ({ visitor }) => {
  await visitor.setViewportSize({ width: 390, height: 844 });
  for (const { path } of docs) {
    await visitor.goto(path);
    const width = await visitor.evaluate(() => document.documentElement.scrollWidth);
    expect(width, path).toBeLessThanOrEqual(390);
  }
  const contents = visitor.getByRole("navigation", { name: "Contents" });
  await expect(contents).toBeHidden();
  await visitor.getByRole("button", { name: "Menu" }).click();
  await contents.getByRole("link", { name: "Rotate a secret" }).click();
  await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("Rotate a secret");
  await expect(contents).toBeHidden();
});

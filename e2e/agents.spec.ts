import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { AxeBuilder } from "@axe-core/playwright";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import type { Locator, Page } from "playwright/test";
import { z } from "zod";
import type { Account } from "@/testing/account";
import type { App } from "@/testing/app";
import { expect, test } from "@/testing/browser";
import type { ReceivedRequest, Receiver } from "@/testing/receiver";
import { visit } from "@/testing/screen";

const subscribed = z.looseObject({ id: z.string(), refreshBefore: z.string() });

/** Answers the challenge as an agent does, and takes every event. */
const takeAll = ({ body }: ReceivedRequest) => {
  const { type, challenge } = JSON.parse(body.toString());
  const answer = type === "verification" ? { challenge } : {};
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(answer) };
};

/** Subscribes by the official client, with a new key that may only read; answers the subscription's id. */
async function subscribe(
  { app, account, receiver }: { app: App; account: Account; receiver: Receiver },
  asked: Record<string, unknown> = {},
): Promise<string> {
  receiver.answerAlways(takeAll);
  const keys = `/customers/${account.customerId}/api-keys`;
  const { key } = await account.call<{ key: string }>("POST", keys, { name: "Ops", access: "read" });
  const client = new Client(
    { name: "Night watch", version: "1" },
    { versionNegotiation: { mode: "auto" }, capabilities: {} },
  );
  const headers = { authorization: `Bearer ${key}` };
  await client.connect(
    new StreamableHTTPClientTransport(new URL("/mcp", app.url), { requestInit: { headers } }),
  );
  const delivery = {
    mode: "webhook",
    url: `${receiver.url}/agent`,
    secret: `whsec_${randomBytes(32).toString("base64")}`,
  };
  const params = { name: "search_completed", arguments: asked, delivery };
  const { id } = await client.request({ method: "events/subscribe", params }, subscribed);
  await client.close();
  return id;
}

const rows = (page: Page): Locator =>
  page.getByRole("table", { name: "Agents" }).locator("tbody").getByRole("row");

const serious = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
};

const overflowPx = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test("an agent subscribes, is sent an event, and is disconnected", async ({
  app,
  page,
  account,
  receiver,
}) => {
  await subscribe({ app, account, receiver }, { case_id: "C-42" });
  await visit(page, "/dashboard");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Agents" }).click();
  const row = rows(page).filter({ hasText: "Night watch" });
  await expect(row).toContainText("search_completed");
  await expect(row).toContainText("where data.case_id is C-42");
  await expect(row).toContainText(new URL(receiver.url).host);
  await expect(row).toContainText("key Ops (fk_");
  await expect(row).toContainText("59 min left");
  await expect(row).toContainText("nothing yet");

  const eventId = await account.publish({ search_id: "s-1", case_id: "C-42", hit_count: 2 });
  const sent = receiver.waitFor(1, ({ headers }) => headers["webhook-id"] === eventId);
  expect(JSON.parse((await sent).at(-1)?.body.toString() ?? "")).toMatchObject({
    eventId,
    name: "search_completed",
    data: { case_id: "C-42", link: `${app.url}/dashboard/events/${eventId}` },
  });
  await expect(row).not.toContainText("nothing yet");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Events" }).click();
  await expect(page.getByText("What agents were sent is on each event's page.")).toBeVisible();
  await page.getByRole("link", { name: "search_completed" }).click();
  await expect(page.getByText("There is no webhook; 1 agent was sent it.")).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Agents" }).click();

  await row.getByRole("link", { name: "Night watch" }).click();
  const drawer = page.getByRole("dialog", { name: "Agent" });
  await drawer.getByRole("button", { name: eventId }).click();
  await expect(drawer.getByRole("tab", { name: "Attempt 1" })).toBeVisible();
  await expect(drawer.getByText('"eventId"').first()).toBeVisible();
  expect(await serious(page)).toEqual([]);
  await page.keyboard.press("Escape");

  await row.getByRole("button", { name: /^Disconnect Night watch/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disconnect" }).click();
  await expect(page.getByRole("heading", { name: "No agent is subscribed" })).toBeVisible();
  await page.goto("/dashboard/audit");
  const audited = page.getByRole("row").filter({ hasText: "ended an agent's subscription" });
  await expect(audited).toHaveText(/until\d\d:\d\d:\d\d|until\d+ \w+ \d\d:\d\d/);
  expect((await audited.innerText()).split(new URL(receiver.url).host)).toHaveLength(2);
});

test("an event says why an agent was not sent it, and leads to the agent", async ({
  app,
  page,
  account,
  receiver,
}) => {
  await subscribe({ app, account, receiver }, { case_id: "C-42" });
  const eventId = await account.publish({ search_id: "s-1", case_id: "C-41" });
  await visit(page, `/dashboard/events/${eventId}`);
  const why = "Not sent to this agent: data.case_id is C-41, asked for C-42.";
  await expect(page.getByText(why)).toBeVisible();
  await expect(page.getByText("There is no webhook.", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Night watch" }).click();
  await expect(page.getByRole("dialog", { name: "Agent" })).toContainText("where data.case_id is C-42");
});

test("an agent that fails says why, with what came back", async ({ app, page, account, receiver }) => {
  await subscribe({ app, account, receiver });
  receiver.answerAlways({ status: 502, headers: { server: "nginx/1.22.1" } });
  const eventId = await account.publish();
  await visit(page, "/dashboard/agents");
  await expect(rows(page)).toContainText("Failing");
  await expect(rows(page)).toContainText("1 waits");
  await rows(page).getByRole("link").click();
  const drawer = page.getByRole("dialog", { name: "Agent" });
  await expect(drawer.getByRole("region", { name: "Why it fails" })).toContainText("502");
  await drawer.getByRole("button", { name: eventId }).click();
  await expect(drawer.getByRole("region", { name: "Diagnosis" })).toBeVisible();
  await expect(drawer.getByText("next attempt")).toBeVisible();
  expect(await serious(page)).toEqual([]);
});

test("whoever revokes a key hears before that its agents are disconnected", async ({
  app,
  page,
  account,
  receiver,
}) => {
  await subscribe({ app, account, receiver });
  await visit(page, "/dashboard/keys");
  await page.getByRole("button", { name: "Revoke Ops" }).click();
  const asked = page.getByRole("alertdialog", { name: "Revoke Ops?" });
  await expect(asked).toContainText("Agents that subscribed with it are disconnected.");
  await asked.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText("Key revoked")).toBeVisible();
  await page.goto("/dashboard/audit");
  await expect(page.getByText("ended an agent's subscription with its key")).toBeVisible();
});

test("who uses no agent sees one line of it, which makes a key and settings that work", async ({
  page,
  account,
}) => {
  const { customerId } = account;
  await visit(page, "/dashboard/keys");
  const navigation = page.getByRole("navigation", { name: "Main" });
  await expect(navigation.getByRole("link", { name: "API keys" })).toBeVisible();
  await expect(navigation.getByRole("link", { name: "Agents" })).toHaveCount(0);
  await page.getByRole("link", { name: "connect an agent" }).click();
  const dialog = page.getByRole("dialog", { name: "Connect an agent" });
  await dialog.getByRole("radio", { name: "curl" }).click();
  await dialog.getByRole("button", { name: "Make a key for 90 days" }).click();
  await expect(dialog.getByText("The key is made: read only")).toBeVisible();
  expect(await serious(page)).toEqual([]);
  const settings = await dialog
    .getByRole("figure", { name: "Settings for curl" })
    .locator("pre")
    .textContent();
  const { stdout } = await promisify(execFile)("bash", ["-c", settings ?? ""]);
  expect(stdout).toContain("search_completed");
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  const keys = await account.call("GET", `/customers/${customerId}/api-keys`);
  expect(keys).toMatchObject([{ name: "Agent in curl", access: "read" }]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

  test("agents are seen, and nothing is wider than the screen", async ({ app, page, account, receiver }) => {
    await subscribe({ app, account, receiver }, { case_id: "C".repeat(100) });
    await account.publish();
    await visit(page, "/dashboard/agents");
    await expect(rows(page)).toContainText("Active");
    expect(await overflowPx(page)).toBe(0);
    await rows(page).getByRole("link").tap();
    await expect(page.getByRole("dialog", { name: "Agent" }).getByText("challenge")).toBeVisible();
    expect(await overflowPx(page)).toBe(0);
    await page.goto("/dashboard/agents?connect=1");
    await expect(page.getByRole("dialog", { name: "Connect an agent" })).toBeVisible();
    expect(await overflowPx(page)).toBe(0);
  });
});

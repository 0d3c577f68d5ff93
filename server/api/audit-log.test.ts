import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ann } from "@/db/actor.kit";
import { newEvent, turn } from "@/db/contract.kit";
import type { AuditAction } from "@/domain/audit/action";
import { newAgent } from "./agent.fixture";
import { type Api, openApi, platformKey, publicUrl, rest, trpc } from "./api.fixture";
import { appRouter } from "./router";
import type { AuditEntryView } from "./views/audit";

const url = "https://receiver.example/hook";
const other = "https://receiver.example/other";
const from = { address: "192.0.2.44", user_agent: "curl/8.5" };
const headers = { "x-fanfare-client": from.address, "user-agent": from.user_agent };

let api: Api;
let customer: { id: string; key: string };
let webhook: string;
let agent: string;
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
  webhook = await api.newWebhook(customer.key, { webhook_url: url });
  await api.store.publishEvents([newEvent(customer.id, { id: "e", dataJson: '{"search_id":"s"}' })]);
});
afterEach(() => api.close());

type Called = { procedure: string; input?: () => object; asked?: object };

/** Calls as the customer's key does, unless told; lets a test that is waited for end. */
async function call({ procedure, input = () => ({}), asked }: Called) {
  await api.store.heartbeat({ id: "worker", pid: 1, host: "", startedAt: "", keyIds: [] });
  const answer = trpc("mutation", procedure, input(), { key: customer.key, headers, ...asked });
  let isAnswered = false;
  void answer.then(() => {
    isAnswered = true;
  });
  while (!isAnswered) {
    await turn(api, 200);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return answer;
}

const log = async (path = "", asked: object = { key: customer.key }) =>
  (await rest<AuditEntryView[]>("GET", `/audit${path}`, asked)).body;

async function owner() {
  const cookie = await api.signUp("ada@example.com");
  const asked = { key: null, headers: { ...headers, cookie, origin: publicUrl } };
  const { data } = await trpc<{ user: { id: string }; customer: { id: string } }>(
    "query",
    "session.get",
    undefined,
    asked,
  );
  return { asked, userId: data?.user.id ?? "", customerId: data?.customer.id ?? "" };
}

/** What changes nothing, although it is no query, and why. */
const tellNothing = {
  "events.publish": "an event is its own record",
  "listeners.take": "it takes what is to be sent, as a worker does",
  "listeners.report": "an attempt is its own record",
  "deliveries.sign": "it computes headers, and keeps nothing",
  "webhooks.previewFilter": "it looks at events, and keeps nothing",
  "signatures.check": "it looks at what was pasted, and keeps nothing",
  "notices.choose": "which mails somebody gets is theirs alone",
  "notices.sendConfirmation": "it sends a mail to who asks for it",
};

const ofWebhook = () => ({ webhook_id: webhook });
const asPlatform = { key: platformKey };

/** Every mutation that a key can make, and what it tells. */
const told: Record<string, Omit<Called, "procedure"> & { action: AuditAction }> = {
  "webhooks.create": { action: "webhook.created", input: () => ({ webhook_url: other }) },
  "listeners.open": {
    action: "webhook.created",
    input: () => ({ name: "ada-laptop", forwards_to: "http://localhost:4000" }),
  },
  "webhooks.update": { action: "webhook.updated", input: () => ({ ...ofWebhook(), webhook_url: other }) },
  "webhooks.pause": { action: "webhook.paused", input: ofWebhook },
  "webhooks.resume": { action: "webhook.resumed", input: ofWebhook },
  "webhooks.test": {
    action: "webhook.tested",
    input: () => ({ ...ofWebhook(), event_type: "search_completed" }),
  },
  "webhooks.tryUrl": { action: "webhook.tested", input: () => ({ ...ofWebhook(), webhook_url: other }) },
  "webhooks.rotateSecret": { action: "webhook.secret_rotated", input: ofWebhook },
  "webhooks.recover": {
    action: "webhook.recovery_started",
    input: () => ({ ...ofWebhook(), since: "2026-01-01T00:00:00Z" }),
  },
  "webhooks.cancelPending": { action: "webhook.pending_cancelled", input: ofWebhook },
  "webhooks.delete": { action: "webhook.deleted", input: ofWebhook },
  "deliveries.redeliver": {
    action: "webhook.redelivered",
    input: () => ({ ...ofWebhook(), event_id: "e" }),
  },
  "deliveries.redeliverMany": {
    action: "recovery.started",
    input: () => ({ deliveries: [{ ...ofWebhook(), event_id: "e" }] }),
  },
  "agents.end": { action: "agent.unsubscribed", input: () => ({ agent_id: agent }) },
  "marks.create": { action: "mark.posted", input: ofWebhook },
  "recoveries.start": { action: "recovery.started" },
  "apiKeys.create": {
    action: "api_key.created",
    input: () => ({ customer_id: customer.id }),
    asked: asPlatform,
  },
  "customers.update": {
    action: "customer.renamed",
    input: () => ({ customer_id: customer.id, name: "Contoso" }),
    asked: asPlatform,
  },
  "customers.createPortalLink": {
    action: "portal_link.created",
    input: () => ({ customer_id: customer.id }),
    asked: asPlatform,
  },
};

test("a mark that is taken away is told by its name", async () => {
  const made = await trpc<{ id: string }>("mutation", "marks.create", {}, { key: customer.key, headers });
  await trpc("mutation", "marks.delete", { mark_id: made.data?.id }, { key: customer.key, headers });
  const subject = { kind: "mark", id: made.data?.id, name: "Deploy" };
  expect((await log())[0]).toMatchObject({ action: "mark.deleted", subject, by: { kind: "key", ...from } });
});

test("a recovery that is stopped is told with how much it had made due", async () => {
  await api.store.pauseWebhook(customer.id, webhook, null, ann);
  const started = await trpc<{ id: string }>(
    "mutation",
    "recoveries.start",
    {},
    { key: customer.key, headers },
  );
  const stop = { recovery_id: started.data?.id };
  await trpc("mutation", "recoveries.cancel", stop, { key: customer.key, headers });
  expect((await log())[0]).toMatchObject({ action: "recovery.cancelled", by: { kind: "key", ...from } });
});

/** What is told to the platform. */
const toldToPlatform: Record<string, AuditAction> = {
  "platform.pauseDelivery": "platform.delivery_paused",
  "platform.resumeDelivery": "platform.delivery_resumed",
};

test("the platform is told who held all delivery, and who let it go", async () => {
  for (const [procedure, action] of Object.entries(toldToPlatform)) {
    await trpc("mutation", procedure, {}, { key: platformKey, headers });
    expect((await log("", asPlatform))[0]).toMatchObject({ action, by: { kind: "platform", ...from } });
  }
});

/** Those of the team and of whole customers, which have tests of their own below. */
const toldBelow = [
  "recoveries.cancel",
  "marks.delete",
  "apiKeys.revoke",
  "customers.create",
  "customers.delete",
  "team.invite",
  "team.setRole",
  "team.remove",
  "team.revokeInvitation",
  "team.createResetLink",
];

test("every mutation there is tells the audit log, or is listed with the reason why not", () => {
  const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;
  const mutations = Object.entries(procedures)
    .filter(([, { _def }]) => _def.type === "mutation")
    .map(([name]) => name);
  expect(mutations.sort()).toEqual(
    [...Object.keys({ ...told, ...toldToPlatform }), ...toldBelow, ...Object.keys(tellNothing)].sort(),
  );
});

describe.each(Object.entries(told))("%s", (procedure, { action, input, asked }) => {
  test(`tells ${action}, who it was and from where`, async () => {
    if (procedure === "agents.end") agent = await newAgent(api, customer.id);
    if (procedure === "webhooks.resume") await api.store.pauseWebhook(customer.id, webhook, null, ann);
    if (procedure === "webhooks.cancelPending") await api.store.pauseWebhook(customer.id, webhook, null, ann);
    const answer = await call({ procedure, input, asked });
    expect(answer.error).toBeUndefined();
    const by =
      asked === asPlatform ? { kind: "platform", id: "platform" } : { kind: "key", name: expect.any(String) };
    expect((await log(`?action=${action}`))[0]).toMatchObject({ action, by: { ...by, ...from } });
  });
});

test("a URL that took its test is told as a change of the URL", async () => {
  await call({ procedure: "webhooks.tryUrl", input: () => ({ ...ofWebhook(), webhook_url: other }) });
  expect(await log("?action=webhook.updated")).toMatchObject([
    { changes: [{ field: "webhook_url", from: url, to: other }], by: from },
  ]);
});

test("no secret is in the log, whichever way it came", async () => {
  const secret = "a-secret-of-a-test";
  await call({ procedure: "webhooks.update", input: () => ({ ...ofWebhook(), secret }) });
  await call({
    procedure: "webhooks.rotateSecret",
    input: () => ({ ...ofWebhook(), secret: `${secret}-2` }),
  });
  expect(await log()).toMatchObject([
    { action: "webhook.secret_rotated" },
    { action: "webhook.updated", changes: [{ field: "secret", from: null, to: "hidden" }] },
    { action: "webhook.created" },
    { action: "api_key.created" },
    { action: "customer.created" },
  ]);
  expect(JSON.stringify(await log())).not.toContain(secret);
});

test("what an owner does to the team and to keys is told with name, address and where from", async () => {
  const { asked, userId, customerId } = await owner();
  const ask = async (procedure: string, input: object) => {
    const answer = await trpc<Record<string, string>>("mutation", procedure, input, asked);
    expect(answer.error).toBeUndefined();
    return answer.data;
  };
  const { id: key_id } = (await ask("apiKeys.create", { name: "CI" })) ?? {};
  await ask("apiKeys.revoke", { key_id });
  const { id: invitation_id } = (await ask("team.invite", { role: "viewer" })) ?? {};
  await ask("team.revokeInvitation", { invitation_id });
  const { url: link } = (await ask("team.invite", { role: "member" })) ?? {};
  await api.signUp("bob@example.com", link);
  const bob = (await api.store.listMembers(customerId)).find((member) => member.userId !== userId)?.userId;
  await ask("team.setRole", { user_id: bob, role: "viewer" });
  await ask("team.createResetLink", { user_id: bob });
  await ask("team.remove", { user_id: bob });
  const { data } = await trpc<{ items: AuditEntryView[] }>("query", "audit.list", {}, asked);
  const ada = { kind: "member", id: userId, name: "Ada", email: "ada@example.com" };
  expect(data?.items.map(({ action, subject, by }) => [action, subject.name, by.email])).toEqual([
    ["member.removed", "bob@example.com", ada.email],
    ["reset_link.created", "bob@example.com", ada.email],
    ["member.role_changed", "bob@example.com", ada.email],
    ["member.joined", "bob@example.com", "bob@example.com"],
    ["invitation.created", null, ada.email],
    ["invitation.revoked", null, ada.email],
    ["invitation.created", null, ada.email],
    ["api_key.revoked", "CI", ada.email],
    ["api_key.created", "CI", ada.email],
    ["member.joined", ada.email, ada.email],
    ["customer.created", "Ada", ada.email],
  ]);
  expect(data?.items[0]?.by).toEqual({ ...ada, ...from });
});

test("the platform is told of customers that are gone, and asks for a customer's log by its name", async () => {
  await rest("DELETE", `/customers/${customer.id}`);
  const made = await api.newCustomer();
  expect(await log("", asPlatform)).toMatchObject([
    { action: "customer.deleted", subject: { kind: "customer", id: customer.id, name: "Northwind" } },
  ]);
  expect(await log("", { key: platformKey, headers: { "x-customer-id": made.id } })).toMatchObject([
    { action: "api_key.created" },
    { action: "customer.created", by: { kind: "platform" } },
  ]);
});

test("who is no owner sees what was done to webhooks, and not where people were", async () => {
  await call({ procedure: "webhooks.update", input: () => ({ ...ofWebhook(), description: "CRM" }) });
  const portal = { key: null, headers: { cookie: await api.openPortal(customer.id), origin: publicUrl } };
  const { data } = await trpc<{ items: AuditEntryView[] }>("query", "audit.list", {}, portal);
  expect(data?.items.map(({ action }) => action)).toEqual(["webhook.updated", "webhook.created"]);
  expect(data?.items[0]?.by).toMatchObject({ kind: "key", email: null, address: null, user_agent: null });
  const keys = await trpc<{ items: [] }>("query", "audit.list", { action: "api_key.created" }, portal);
  expect(keys.data?.items).toEqual([]);
});

test("it is paged, and filtered by webhook, action, actor and time", async () => {
  const [made] = await log("?action=webhook.created");
  api.clock.now += 1_000;
  await call({ procedure: "webhooks.pause", input: ofWebhook });
  expect(await log(`?webhook_id=${webhook}`)).toHaveLength(2);
  expect(await log(`?actor_id=${made?.by.id}&until=${made?.at}`)).toEqual([]);
  expect(await log(`?since=${new Date(api.clock.now - 500).toISOString()}`)).toMatchObject([
    { action: "webhook.paused" },
  ]);
  const first = await rest("GET", "/audit?page_size=1", { key: customer.key });
  expect(first.headers.get("link")).toMatch(
    /^<https:\/\/hooks\.example\/audit\?page_size=1&cursor=\d+\.\d+>; rel="next"$/,
  );
  expect((await rest("GET", "/audit?action=webhook.eaten", { key: customer.key })).status).toBe(400);
});

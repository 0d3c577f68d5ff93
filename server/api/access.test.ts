import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ann } from "@/db/actor.kit";
import { newEvent, turn } from "@/db/contract.kit";
import { createInvitationLink } from "@/server/auth/team";
import { newAgent } from "./agent.fixture";
import { type Api, type Asked, openApi, platformKey, publicUrl, toRequest, trpc } from "./api.fixture";
import { handleRest } from "./rest/handle";
import { routes } from "./rest/routes";
import { appRouter } from "./router";
import { handleTrpc } from "./trpc-http/handle";

/** Who may call what. A procedure that is not in here fails the test below. */
const levels = {
  anyone: [
    "platform",
    "platform for a customer",
    "key",
    "reading key",
    "owner",
    "member",
    "viewer",
    "portal",
  ],
  platform: ["platform", "platform for a customer"],
  read: ["platform for a customer", "key", "reading key", "owner", "member", "viewer", "portal"],
  change: ["platform for a customer", "key", "owner", "member", "portal"],
  keys: ["platform", "platform for a customer", "owner"],
  team: ["owner"],
  session: ["owner", "member", "viewer", "portal"],
  person: ["owner", "member", "viewer"],
  log: ["platform", "platform for a customer", "key", "reading key", "owner", "member", "viewer", "portal"],
} as const;

type Level = keyof typeof levels;
type Ids = Awaited<ReturnType<typeof fillCustomer>>;

/** Level and input of every procedure; `theirs` when the input names something of one customer. */
const procedures: Record<string, { level: Level; input?: (ids: Ids) => object; theirs?: true }> = {
  "webhooks.list": { level: "read" },
  "webhooks.get": { level: "read", input: ({ webhook_id }) => ({ webhook_id }), theirs: true },
  "webhooks.create": { level: "change", input: () => ({ webhook_url: "https://receiver.example" }) },
  "webhooks.update": {
    level: "change",
    input: ({ webhook_id }) => ({ webhook_id, description: "x" }),
    theirs: true,
  },
  "webhooks.delete": { level: "change", input: ({ webhook_id }) => ({ webhook_id }), theirs: true },
  "webhooks.test": {
    level: "change",
    input: ({ webhook_id }) => ({ webhook_id, event_type: "search_completed" }),
    theirs: true,
  },
  "webhooks.tryUrl": {
    level: "change",
    input: ({ webhook_id }) => ({ webhook_id, webhook_url: "https://example.com/other" }),
    theirs: true,
  },
  "webhooks.rotateSecret": { level: "change", input: ({ webhook_id }) => ({ webhook_id }), theirs: true },
  "webhooks.recover": {
    level: "change",
    input: ({ webhook_id }) => ({ webhook_id, since: "2026-01-01T00:00:00Z" }),
    theirs: true,
  },
  "webhooks.recovery": {
    level: "read",
    input: ({ webhook_id, recovery_id }) => ({ webhook_id, recovery_id }),
    theirs: true,
  },
  "webhooks.runningRecoveries": { level: "read", input: ({ webhook_id }) => ({ webhook_id }) },
  "webhooks.countRecoverable": {
    level: "read",
    input: ({ webhook_id }) => ({ webhook_id, since: "2026-01-01T00:00:00Z" }),
    theirs: true,
  },
  "webhooks.pause": { level: "change", input: ({ webhook_id }) => ({ webhook_id }), theirs: true },
  "webhooks.resume": { level: "change", input: ({ webhook_id }) => ({ webhook_id }), theirs: true },
  "webhooks.cancelPending": { level: "change", input: ({ webhook_id }) => ({ webhook_id }), theirs: true },
  "webhooks.explain": { level: "read", input: ({ webhook_id }) => ({ webhook_id }), theirs: true },
  "listeners.open": {
    level: "change",
    input: () => ({ name: "ada-laptop", forwards_to: "http://localhost:4000" }),
  },
  "listeners.take": {
    level: "change",
    input: ({ listener_id, session }) => ({ webhook_id: listener_id, session, wait_ms: 0 }),
    theirs: true,
  },
  "listeners.report": {
    level: "change",
    input: ({ listener_id, session }) => ({
      webhook_id: listener_id,
      session,
      event_id: "e",
      attempt: 1,
      outcome: { kind: "not_sent" },
    }),
    theirs: true,
  },
  "incidents.list": { level: "read", input: ({ webhook_id }) => ({ webhook_id }), theirs: true },
  "incidents.get": {
    level: "read",
    input: ({ webhook_id, incident_id }) => ({ webhook_id, incident_id }),
    theirs: true,
  },
  "webhooks.previewFilter": { level: "read", input: () => ({ events: ["search_completed"] }) },
  "webhooks.preview": { level: "read", input: () => ({ events: ["search_completed"] }) },
  "deliveries.list": { level: "read", input: ({ webhook_id }) => ({ webhook_id }), theirs: true },
  "deliveries.get": {
    level: "read",
    input: ({ webhook_id, event_id }) => ({ webhook_id, event_id }),
    theirs: true,
  },
  "deliveries.redeliver": {
    level: "change",
    input: ({ webhook_id, event_id }) => ({ webhook_id, event_id }),
    theirs: true,
  },
  "deliveries.redeliverMany": {
    level: "change",
    input: ({ webhook_id, event_id }) => ({ deliveries: [{ webhook_id, event_id }] }),
  },
  "recoveries.start": { level: "change", input: ({ webhook_id }) => ({ webhook_id }), theirs: true },
  "recoveries.count": { level: "read", input: ({ webhook_id }) => ({ webhook_id }), theirs: true },
  "recoveries.get": { level: "read", input: ({ recovery_id }) => ({ recovery_id }), theirs: true },
  "recoveries.list": { level: "read" },
  "recoveries.cancel": { level: "change", input: ({ recovery_id }) => ({ recovery_id }), theirs: true },
  "deliveries.sign": {
    level: "change",
    input: ({ webhook_id, event_id }) => ({ webhook_id, event_id }),
    theirs: true,
  },
  "signatures.check": {
    level: "read",
    input: ({ webhook_id }) => ({ webhook_id, headers: "", body: "{}" }),
    theirs: true,
  },
  "events.publish": { level: "platform" },
  "events.list": { level: "read", input: () => ({}) },
  "events.get": { level: "read", input: ({ event_id }) => ({ event_id }), theirs: true },
  "agents.list": { level: "read" },
  "agents.end": { level: "change", input: ({ agent_id }) => ({ agent_id }), theirs: true },
  "agents.deliveries": { level: "read", input: ({ agent_id }) => ({ agent_id }), theirs: true },
  "agents.delivery": {
    level: "read",
    input: ({ agent_id, event_id }) => ({ agent_id, event_id }),
    theirs: true,
  },
  "eventTypes.list": { level: "anyone" },
  "eventTypes.seen": { level: "read" },
  "marks.list": { level: "read", input: ({ webhook_id }) => ({ webhook_id }), theirs: true },
  "marks.create": { level: "change", input: ({ webhook_id }) => ({ webhook_id }), theirs: true },
  "marks.delete": { level: "change", input: ({ mark_id }) => ({ mark_id }), theirs: true },
  "stats.balance": { level: "read", input: () => ({}) },
  "stats.overview": { level: "read", input: () => ({}) },
  "stats.webhook": { level: "read", input: ({ webhook_id }) => ({ webhook_id }), theirs: true },
  "apiKeys.list": { level: "keys", input: ({ customer_id }) => ({ customer_id }), theirs: true },
  "apiKeys.create": { level: "keys", input: ({ customer_id }) => ({ customer_id }), theirs: true },
  "apiKeys.revoke": {
    level: "keys",
    input: ({ customer_id, key_id }) => ({ customer_id, key_id }),
    theirs: true,
  },
  "audit.list": { level: "log", input: ({ webhook_id }) => ({ webhook_id }) },
  "customers.list": { level: "platform" },
  "customers.get": { level: "platform", input: ({ customer_id }) => ({ customer_id }) },
  "customers.create": { level: "platform", input: () => ({ name: "Fabrikam" }) },
  "customers.update": {
    level: "platform",
    input: ({ customer_id }) => ({ customer_id, name: "Northwind" }),
  },
  "customers.delete": { level: "platform" },
  "platform.session": { level: "platform" },
  "platform.customers": { level: "platform", input: () => ({}) },
  "platform.find": { level: "platform", input: ({ event_id }) => ({ id: event_id }) },
  "platform.overview": { level: "platform" },
  "platform.pauseDelivery": { level: "platform" },
  "platform.resumeDelivery": { level: "platform" },
  "customers.createPortalLink": { level: "platform", input: ({ customer_id }) => ({ customer_id }) },
  "team.list": { level: "team" },
  "team.setRole": { level: "team", input: ({ user_id }) => ({ user_id, role: "viewer" }), theirs: true },
  "team.remove": { level: "team", input: ({ user_id }) => ({ user_id }), theirs: true },
  "team.invite": { level: "team", input: () => ({ role: "viewer" }) },
  "team.invitations": { level: "team" },
  "team.revokeInvitation": { level: "team", input: ({ invitation_id }) => ({ invitation_id }), theirs: true },
  "team.createResetLink": { level: "team", input: ({ user_id }) => ({ user_id }), theirs: true },
  "session.get": { level: "session" },
  "notices.get": { level: "person" },
  "notices.choose": { level: "person", input: () => ({ kinds: [] }) },
  "notices.sendConfirmation": { level: "person" },
  "live.deliveries": {
    level: "read",
    input: ({ webhook_id }) => ({ webhook_id, lastEventId: "0.0" }),
    theirs: true,
  },
};

let api: Api;
let one: Ids;
let other: Ids;
beforeAll(async () => {
  api = await openApi();
  one = await fillCustomer("one");
  other = await fillCustomer("other");
});
afterAll(() => api.close());

/** A customer with one of everything, and somebody of every kind. */
async function fillCustomer(name: string) {
  const { runtime, store, signUp } = api;
  const owner = await signUp(`owner@${name}.example`);
  const found = await (await runtime.auth.accounts()).api.getSession({
    headers: new Headers({ cookie: owner }),
  });
  const user_id = found?.user.id ?? "";
  const customer_id = (await store.findMember(user_id))?.customerId ?? "";
  const made = await api.rest<{ id: string; key: string }>("POST", `/customers/${customer_id}/api-keys`);
  const { key, id: key_id } = made.body;
  const reading = await api.rest<{ key: string }>("POST", `/customers/${customer_id}/api-keys`, {
    json: { access: "read" },
  });
  const webhook_id = await api.newWebhook(key);
  await store.publishEvents([newEvent(customer_id)]);
  await turn(api, 410);
  await store.updateWebhook(customer_id, webhook_id, { isActive: true }, ann);
  const [incident] = await store.listIncidents(customer_id, webhook_id);
  const event_id = `event-of-${name}`;
  await store.publishEvents([newEvent(customer_id, { id: event_id, dataJson: '{"search_id":"s"}' })]);
  const recovery = { since: "2026-01-01T00:00:00Z" };
  const started = await api.rest<{ id: string }>("POST", `/webhooks/${webhook_id}/recover`, {
    key,
    json: recovery,
  });
  const mark = await api.rest<{ id: string }>("POST", "/marks", { key });
  const listening = await trpc<{ webhook: { id: string }; session: string }>(
    "mutation",
    "listeners.open",
    { name: "ada-desktop", forwards_to: "http://localhost:4000" },
    { key },
  );
  const linkFor = async (role: "member" | "viewer") =>
    (await createInvitationLink(runtime.auth, role, { ...ann, id: user_id })) ?? {
      path: "",
      invitation: { id: "" },
    };
  return {
    customer_id,
    key_id,
    webhook_id,
    event_id,
    user_id,
    recovery_id: started.body.id,
    incident_id: incident?.id ?? "",
    mark_id: mark.body.id,
    listener_id: listening.data?.webhook.id ?? "",
    session: listening.data?.session ?? "",
    agent_id: await newAgent(api, customer_id),
    invitation_id: (await linkFor("viewer")).invitation.id,
    callers: {
      platform: { key: platformKey },
      "platform for a customer": { key: platformKey, headers: { "x-customer-id": customer_id } },
      key: { key },
      "reading key": { key: reading.body.key },
      owner: session(owner),
      member: session(await signUp(`member@${name}.example`, (await linkFor("member")).path)),
      viewer: session(await signUp(`viewer@${name}.example`, (await linkFor("viewer")).path)),
      portal: session(await api.openPortal(customer_id)),
    },
  };
}

const session = (cookie: string) => ({ key: null, headers: { cookie, origin: publicUrl } });

const nobodies: Record<string, Asked> = {
  nobody: { key: null },
  "a wrong key": { key: "fk_wrong" },
  "an empty key": { key: "" },
  "a broken cookie": session("fanfare.session_token=broken; __Secure-fanfare.session_token=broken.broken"),
};

/** Status and text of an answer; for a stream, of what it begins with. */
async function call(
  name: string,
  input: object | undefined,
  asked: Asked,
): Promise<{ status: number; text: string }> {
  const { type } =
    (appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>)[name]?._def ?? {};
  const query = input && type !== "mutation" ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
  const body = type === "mutation" ? { json: input ?? {} } : {};
  const request = toRequest(type === "mutation" ? "POST" : "GET", `/api/trpc/${name}${query}`, {
    ...asked,
    ...body,
  });
  const response = await handleTrpc(request);
  if (type !== "subscription") return { status: response.status, text: await response.text() };
  const text = await beginning(response);
  const refused = /"httpStatus":(\d+)/.exec(text);
  return { status: refused ? Number(refused[1]) : 200, text };
}

/** A live stream that begins long ago soon brings an id, a refused one an error. */
async function beginning(response: Response): Promise<string> {
  let text = "";
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  while (reader && !/^id: |"httpStatus":/m.test(text)) text += (await reader.read()).value;
  await reader?.cancel();
  return text;
}

const isIn = (names: readonly string[], name: string) => names.includes(name);

test("every procedure and every route is covered here", () => {
  expect(Object.keys(procedures).sort()).toEqual(Object.keys(appRouter._def.procedures).sort());
  for (const { procedure } of routes) expect(procedures).toHaveProperty([procedure]);
});

test("no other address answers than these", () => {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" });
  expect(files.filter((file) => /(^|\/)route\.tsx?$/.test(file)).sort()).toEqual([
    "(sign-in)/confirm-address/[token]/confirm/route.ts",
    "(sign-in)/portal/[token]/redeem/route.ts",
    "(sign-in)/unsubscribe/[token]/end/route.ts",
    "(sign-in)/unsubscribe/[token]/one-click/route.ts",
    "agents/[[...path]]/route.ts",
    "api/auth/[...all]/route.ts",
    "api/trpc/[trpc]/route.ts",
    "api/try/[...path]/route.ts",
    "audit/[[...path]]/route.ts",
    "balance/[[...path]]/route.ts",
    "customers/[[...path]]/route.ts",
    "docs/markdown/[page]/route.ts",
    "event-types/[[...path]]/route.ts",
    "events/[[...path]]/route.ts",
    "export-key/route.ts",
    "export/audit/route.ts",
    "export/route.ts",
    "healthz/route.ts",
    "llms.txt/route.ts",
    "marks/[[...path]]/route.ts",
    "mcp/route.ts",
    "metrics/route.ts",
    "openapi.json/route.ts",
    "readyz/route.ts",
    "recoveries/[[...path]]/route.ts",
    "redeliveries/[[...path]]/route.ts",
    "webhooks/[[...path]]/route.ts",
  ]);
});

describe.each(Object.entries(procedures))("%s", (name, { level, input, theirs }) => {
  test.each(Object.entries(nobodies))("refuses %s", async (_, asked) => {
    expect((await call(name, undefined, asked)).status).toBe(401);
  });

  test("lets in whom it may, before it looks at the input", async () => {
    for (const [who, asked] of Object.entries(one.callers)) {
      const { status } = await call(name, { webhook_id: 1, customer_id: 1, key_id: 1, user_id: 1 }, asked);
      expect([who, status === 403], `${status}`).toEqual([who, !isIn(levels[level], who)]);
    }
  });

  const mayNameAny = (who: string) => who === "platform" || (level === "keys" && who.startsWith("platform"));
  if (level === "platform") return; // which speaks for everybody
  test("gives nobody anything of another customer", async () => {
    const { callers, ...ids } = one;
    const outsiders = Object.entries(other.callers).filter(
      ([who]) => isIn(levels[level], who) && !mayNameAny(who),
    );
    for (const [who, asked] of outsiders) {
      const { status, text } = await call(name, input?.(one), asked);
      expect([who, status], text).toEqual([who, theirs ? 404 : expect.any(Number)]);
      for (const id of Object.values(ids)) expect(text, who).not.toContain(id);
    }
  });
});

describe.each(routes)("$method $path", ({ method, path, procedure }) => {
  const ask = (asked: Asked, ids: Ids, query = "") => {
    const filled = path.replace(/\{(\w+)\}/g, (_, name: keyof Ids) => String(ids[name]));
    return handleRest(toRequest(method, `${filled}${query}`, asked));
  };

  test("refuses those without a right key, whatever their cookies", async () => {
    for (const asked of Object.values(nobodies)) expect((await ask(asked, one)).status).toBe(401);
    for (const who of ["owner", "member", "viewer", "portal"] as const) {
      expect((await ask(one.callers[who], one)).status).toBe(401);
    }
  });

  const { level, input, theirs } = procedures[procedure] ?? { level: "platform" };
  const refusedKeys = (["platform", "key"] as const).filter((who) => !isIn(levels[level], who));
  if (refusedKeys.length > 0)
    test("refuses keys of the wrong kind", async () => {
      for (const who of refusedKeys) {
        expect([who, (await ask(one.callers[who], one)).status]).toEqual([who, 403]);
      }
    });

  if (theirs && level !== "keys")
    test("finds nothing of another customer", async () => {
      const isInBody = ([field]: [string, unknown]) => !path.includes(`{${field}}`);
      const json = Object.fromEntries(Object.entries(input?.(one) ?? {}).filter(isInBody));
      const isQuery = method === "GET" || method === "DELETE";
      const query = isQuery ? `?${new URLSearchParams(json as Record<string, string>)}` : "";
      const body = isQuery ? {} : { json };
      for (const who of ["key", "platform for a customer"] as const) {
        expect([who, (await ask({ ...other.callers[who], ...body }, one, query)).status]).toEqual([who, 404]);
      }
    });
});

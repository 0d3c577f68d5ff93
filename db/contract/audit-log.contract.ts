import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { type Actor, system } from "@/domain/audit/actor";
import { ann } from "../actor.kit";
import { day, hour, newWebhook, type Open } from "../contract.kit";
import type { AuditFilter, Store } from "../store";
import { accessScene, someHash } from "./access.kit";
import { webhookScene } from "./scene.kit";

const url = "https://receiver.example/hook";
const limits = { retentionMs: 30 * day, longestPauseMs: day };

const listerOf =
  (store: Store) =>
  async (customerId: string | null, filter: Partial<AuditFilter> = {}) =>
    (await store.listAuditLog(customerId, { pageSize: 50, ...filter })).items;

/** What the audit log keeps of webhooks. */
export function auditLogOfWebhooks(open: Open): void {
  const { store, clock, customer, webhook, publish, turn, claim } = webhookScene(open);
  const list = listerOf(store);
  const log = (filter: Partial<AuditFilter> = {}) => list(customer, filter);
  const ofWebhook = () => log({ subjectId: webhook });
  const latest = async () => (await ofWebhook())[0];
  const told = async () => (await ofWebhook()).map(({ action }) => action);

  test("a new webhook is told with what it was made with, when, and by whom", async () => {
    expect(await latest()).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      at: clock.now,
      action: "webhook.created",
      subject: { id: webhook, name: url },
      changes: [
        { field: "webhook_url", from: null, to: url },
        { field: "events", from: null, to: ["search_completed"] },
        { field: "is_active", from: null, to: true },
      ],
      by: ann,
    });
  });

  test("an edit tells each field that is not as it was, from and to", async () => {
    const change = { url: `${url}/2`, events: ["search_completed"], description: "CRM" };
    await store.updateWebhook(customer, webhook, change, ann);
    expect(await latest()).toMatchObject({
      action: "webhook.updated",
      subject: { id: webhook, name: `${url}/2` },
      changes: [
        { field: "webhook_url", from: url, to: `${url}/2` },
        { field: "description", from: null, to: "CRM" },
      ],
    });
  });

  test("conditions are told in words, before and after", async () => {
    const conditions = { "*": { op: "equals", path: "risk_level", value: "high" } } as const;
    await store.updateWebhook(customer, webhook, { conditions }, ann);
    await store.updateWebhook(customer, webhook, { conditions }, ann);
    const inWords = ["*: data.risk_level is high"];
    expect(await latest()).toMatchObject({ changes: [{ field: "conditions", from: null, to: inWords }] });
    await store.updateWebhook(customer, webhook, { conditions: null }, ann);
    expect(await latest()).toMatchObject({ changes: [{ field: "conditions", from: inWords, to: null }] });
  });

  test("an edit that changes nothing is not told", async () => {
    await store.updateWebhook(customer, webhook, { url, isActive: true }, ann);
    await store.resumeWebhook(customer, webhook, ann);
    expect(await told()).toEqual(["webhook.created"]);
  });

  test("of a secret only that it changed is told", async () => {
    const changes = async (secret: string | null) => {
      await store.updateWebhook(customer, webhook, { secret }, ann);
      return (await latest())?.changes;
    };
    expect(await changes("k:one")).toEqual([{ field: "secret", from: null, to: "hidden" }]);
    expect(await changes("k:two")).toEqual([{ field: "secret", from: "hidden", to: "hidden" }]);
    await store.rotateSecret(customer, webhook, "k:three", hour, ann);
    expect(await latest()).toMatchObject({
      action: "webhook.secret_rotated",
      changes: [
        { field: "secret", from: "hidden", to: "hidden" },
        { field: "overlap_seconds", from: null, to: 3600 },
      ],
    });
    expect(await changes(null)).toEqual([{ field: "secret", from: "hidden", to: null }]);
    expect(JSON.stringify(await log())).not.toContain("k:");
  });

  test("a switch is told apart from what else an edit changes", async () => {
    await store.updateWebhook(customer, webhook, { isActive: false, description: "off" }, ann);
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    expect(await told()).toEqual([
      "webhook.switched_on",
      "webhook.switched_off",
      "webhook.updated",
      "webhook.created",
    ]);
  });

  test("a 410 is told as what Fanfare did, and why", async () => {
    await publish();
    await turn(410);
    expect(await latest()).toMatchObject({
      action: "webhook.switched_off",
      changes: [{ field: "reason", from: null, to: expect.stringContaining("410") }],
      by: system,
    });
  });

  test("a pause is told with its end, and its end as what Fanfare did", async () => {
    await store.pauseWebhook(customer, webhook, clock.now + hour, ann);
    const paused_until = new Date(clock.now + hour).toISOString();
    expect(await latest()).toMatchObject({
      action: "webhook.paused",
      changes: [{ field: "paused_until", from: null, to: paused_until }],
    });
    await store.pauseWebhook(customer, webhook, null, ann);
    expect(await latest()).toMatchObject({
      changes: [{ field: "paused_until", from: paused_until, to: null }],
    });
    await store.pauseWebhook(customer, webhook, clock.now + hour, ann);
    await publish();
    clock.now += hour;
    await claim();
    expect(await latest()).toMatchObject({ action: "webhook.resumed", by: system, at: clock.now });
  });

  test("a pause that somebody ends is told", async () => {
    await store.pauseWebhook(customer, webhook, null, ann);
    await store.resumeWebhook(customer, webhook, ann);
    expect(await latest()).toMatchObject({ action: "webhook.resumed", by: ann });
  });

  test("what was asked to be sent, sent again or not sent at all is told", async () => {
    const [event = ""] = await publish();
    await turn(500);
    await store.redeliver(customer, webhook, event, ann);
    expect(await latest()).toMatchObject({
      action: "webhook.redelivered",
      changes: [{ field: "event_id", from: null, to: event }],
    });
    await store.cancelPending(customer, webhook, ann);
    expect(await latest()).toMatchObject({
      action: "webhook.pending_cancelled",
      changes: [{ field: "count", from: null, to: 1 }],
    });
    const test = { customerId: customer, webhookId: webhook, eventId: "t", type: "search_completed" };
    await store.createTest({ ...test, dataJson: "{}", url: `${url}/try` }, ann);
    expect(await latest()).toMatchObject({
      action: "webhook.tested",
      changes: [
        { field: "event_id", from: null, to: "t" },
        { field: "event_type", from: null, to: "search_completed" },
        { field: "tried_url", from: null, to: `${url}/try` },
      ],
    });
    const range = { since: clock.now - hour, until: null, include: ["failed" as const] };
    await store.startRecovery({ id: randomUUID(), customerId: customer, webhookId: webhook, ...range }, ann);
    expect(await latest()).toMatchObject({
      action: "webhook.recovery_started",
      changes: [
        { field: "since", from: null, to: new Date(clock.now - hour).toISOString() },
        { field: "include", from: null, to: ["failed"] },
        { field: "count", from: null, to: 0 },
      ],
    });
  });

  test("what is cancelled in many transactions is told once, with the sum", async () => {
    for (let batch = 0; batch < 3; batch += 1) await publish(250);
    expect(await store.cancelPending(customer, webhook, ann)).toBe(750);
    expect((await log({ actions: ["webhook.pending_cancelled"] })).map(({ changes }) => changes)).toEqual([
      [{ field: "count", from: null, to: 750 }],
    ]);
  });

  test("what is refused is not told", async () => {
    const before = await told();
    await store.updateWebhook(customer, randomUUID(), { url: "https://elsewhere.example" }, ann);
    await store.deleteWebhook(randomUUID(), webhook, ann);
    await store.redeliver(customer, webhook, "nothing", ann);
    await store.cancelPending(customer, webhook, ann);
    await store.revokeApiKey(customer, randomUUID(), ann);
    expect(await told()).toEqual(before);
  });

  test("a deleted webhook stays in the log, under its last URL", async () => {
    await store.deleteWebhook(customer, webhook, ann);
    expect(await log({ subjectId: webhook })).toMatchObject([
      { action: "webhook.deleted", subject: { id: webhook, name: url } },
      { action: "webhook.created" },
    ]);
  });

  test("it is found by what was changed, how, by whom and when", async () => {
    const bob: Actor = { ...ann, id: "bob", name: "Bob" };
    const other = await newWebhook(store, customer);
    clock.now += 10;
    await store.updateWebhook(customer, other, { description: "x" }, bob);
    expect(await log({ subjectId: webhook })).toHaveLength(1);
    expect(await log({ actions: ["webhook.updated", "webhook.deleted"] })).toMatchObject([{ by: bob }]);
    expect(await log({ actorId: "bob" })).toMatchObject([{ action: "webhook.updated" }]);
    expect(await log({ since: clock.now })).toHaveLength(1);
    expect(await log({ until: clock.now, subjectId: other })).toHaveLength(1);
    expect(await log({ since: clock.now + 1 })).toEqual([]);
  });

  test("its pages hold each entry once, the newest first, also those of one moment", async () => {
    for (const description of ["1", "2", "3", "4"]) {
      await store.updateWebhook(customer, webhook, { description }, ann);
    }
    const seen: unknown[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 9; pages += 1) {
      const page = await store.listAuditLog(customer, { pageSize: 2, subjectId: webhook, cursor });
      seen.push(...page.items.map(({ changes }) => changes.find(({ field }) => field === "description")?.to));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(seen).toEqual(["4", "3", "2", "1", undefined]);
  });

  test("it is kept for 400 days, longer than deliveries", async () => {
    clock.now += 399 * day;
    while (await store.maintain(limits));
    expect(await told()).toEqual(["webhook.created"]);
    clock.now += 2 * day;
    while (await store.maintain(limits));
    expect(await told()).toEqual([]);
  });
}

/** What it keeps of customers, their people and their keys. */
export function auditLogOfAccess(open: Open): void {
  const { store, clock, newCustomer, newApiKey, newOwner, newInvitation, join, newResetLink } =
    accessScene(open);
  const list = listerOf(store);

  test("a customer that signs up is told with its owner", async () => {
    const { customerId, userId } = await newOwner();
    expect(await list(customerId)).toMatchObject([
      { action: "member.joined", subject: { id: userId }, changes: [{ field: "role", to: "owner" }] },
      { action: "customer.created", subject: { id: customerId, name: "Northwind Bank" } },
    ]);
  });

  test("invitations, roles, reset links and removals are told", async () => {
    const { customerId, userId: owner } = await newOwner();
    const { id } = await newInvitation(owner, "viewer");
    await store.revokeInvitation(customerId, id, ann);
    const member = await join(owner);
    await store.setRole({ userId: member, customerId, role: "member" }, ann);
    await store.setRole({ userId: member, customerId, role: "owner" }, ann);
    await newResetLink(owner, member);
    await store.removeMember(customerId, member, ann);
    const entries = (await list(customerId)).toReversed().slice(2);
    expect(entries.map(({ action, changes }) => [action, changes[0]?.from, changes[0]?.to])).toEqual([
      ["invitation.created", null, "viewer"],
      ["invitation.revoked", null, "viewer"],
      ["invitation.created", null, "member"],
      ["member.joined", null, "member"],
      ["member.role_changed", "member", "owner"],
      ["reset_link.created", undefined, undefined],
      ["member.removed", null, "owner"],
    ]);
  });

  test("keys are told from the first to the last", async () => {
    const { id: customer } = await newCustomer();
    const expiresAt = clock.now + hour;
    const key = await newApiKey(customer, someHash(), { access: "read", expiresAt });
    if (!key) throw new Error("The key of a test was refused.");
    expect((await list(customer))[0]).toMatchObject({
      action: "api_key.created",
      subject: { id: key.id, name: "CI" },
      changes: [
        { field: "access", from: null, to: "read" },
        { field: "expires_at", from: null, to: new Date(expiresAt).toISOString() },
      ],
    });
    clock.now += 2 * hour;
    for (let looks = 0; looks < 9; looks += 1) await store.maintain(limits);
    await store.revokeApiKey(customer, key.id, ann);
    expect(await list(customer)).toMatchObject([
      { action: "api_key.revoked", by: ann },
      { action: "api_key.expired", by: system },
      { action: "api_key.created", by: ann },
      { action: "customer.created" },
    ]);
  });

  test("a key without a name is told by its first characters", async () => {
    const { id: customer } = await newCustomer();
    await newApiKey(customer, someHash(), { name: null });
    expect((await list(customer))[0]?.subject.name).toBe("fk_abcdef");
  });

  test("another name of a customer is told", async () => {
    const { id: customer } = await newCustomer();
    await store.renameCustomer(customer, "Contoso", ann);
    await store.renameCustomer(customer, "Contoso", ann);
    expect(await list(customer)).toMatchObject([
      {
        action: "customer.renamed",
        subject: { id: customer, name: "Contoso" },
        changes: [{ field: "name", from: "Northwind Bank", to: "Contoso" }],
      },
      { action: "customer.created" },
    ]);
  });

  test("the platform is told who held all delivery, and who let it go", async () => {
    await store.pauseDelivery(ann);
    await store.pauseDelivery(ann);
    await store.resumeDelivery(ann);
    await store.resumeDelivery(ann);
    expect(await list(null)).toMatchObject([
      { action: "platform.delivery_resumed", by: ann },
      { action: "platform.delivery_paused", by: ann },
    ]);
  });

  test("a portal link is told with its end", async () => {
    const { id: customer } = await newCustomer();
    await store.createPortalLink({ customerId: customer, hash: someHash(), lastsMs: hour }, ann);
    expect((await list(customer))[0]).toMatchObject({
      action: "portal_link.created",
      changes: [{ field: "expires_at", to: new Date(clock.now + hour).toISOString() }],
    });
  });

  test("a deleted customer takes its log along, and the platform is told", async () => {
    const { id: customer } = await newCustomer("nw");
    const { id: other } = await newCustomer();
    await store.deleteCustomer(customer, ann);
    while (await store.maintain(limits));
    expect(await list(customer)).toEqual([]);
    expect(await list(other)).toHaveLength(1);
    expect(await list(null)).toMatchObject([
      { action: "customer.deleted", subject: { id: customer, name: "Northwind Bank" }, by: ann },
    ]);
  });
}

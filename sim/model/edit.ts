import type { Webhook, WebhookChange } from "@/db/store";
import type { Context } from "./context";
import { adoptDeliveries, adoptEvents } from "./publish";
import { beginDrain, count, type Delivery, findHook, type Hook, type Model, pendingOf } from "./state";

/** Contract: a customer has at most 10 webhooks, and 5 tests under way. */
const maxHooks = 10;
const maxTests = 5;

export type NewHook = {
  id: string;
  customerId: string;
  url: string;
  secret: string | null;
  isActive: boolean;
  events: string[];
};

export function hookCreated(
  { model, rows }: Context,
  made: NewHook,
  result: Webhook | "limit_reached" | "not_found",
) {
  const customer = model.customers.get(made.customerId);
  const used = [...model.hooks.values()].filter((each) => each.customer === customer && !each.isDeleted);
  if ((result === "limit_reached") !== used.length >= maxHooks) {
    model.blame(1, `a customer with ${used.length} webhooks asked for one more and got ${typeof result}`);
  }
  const key = rows.hookKey(made.id)?.key;
  if (key === undefined || !customer) return;
  model.hooks.set(key, {
    ...newHook(key, model.lastEventKey),
    ...made,
    customer,
    secret: plain(model, made.secret),
    events: [...made.events],
  });
}

const newHook = (key: number, afterEvent: number): Omit<Hook, "id" | "customer" | "url" | "events"> => ({
  key,
  afterEvent,
  isActive: true,
  isDeleted: false,
  secret: null,
  previous: null,
  version: 0,
  failures: [],
  open: null,
  drain: null,
  countdownSince: null,
  isReported: false,
  lastEndedAt: null,
  lastOk: null,
  passedOver: 0,
  rivals: new Set(),
  readySince: null,
});

/** Omitted = kept. A new URL, a new secret and an activation begin anew with this webhook's health. */
export function hookUpdated(
  { model }: Context,
  customerId: string,
  hookId: string,
  change: WebhookChange,
  result: Webhook | null,
): void {
  const hook = findHook(model, customerId, hookId);
  if ((result !== null) !== (hook !== undefined)) model.blame(11, `an edit of ${hookId} answered ${result}`);
  if (!hook) return;
  const wasHeld = hook.open !== null || (change.isActive === true && !hook.isActive);
  const isNew =
    (change.url !== undefined && change.url !== hook.url) ||
    change.secret !== undefined ||
    (change.isActive === true && !hook.isActive);
  if (change.url !== undefined) hook.url = change.url;
  if (change.events !== undefined) hook.events = [...change.events];
  if (change.secret !== undefined) {
    Object.assign(hook, { secret: plain(model, change.secret), previous: null });
  }
  if (change.isActive !== undefined) hook.isActive = change.isActive;
  if (isNew) beginAnew(model, hook, wasHeld);
  count(model, `edits${isNew ? " that begin anew" : ""}`);
}

/** What was held drains; what was not goes on as it was. */
function beginAnew(model: Model, hook: Hook, wasHeld: boolean): void {
  Object.assign(hook, { failures: [], open: null, countdownSince: null, version: hook.version + 1 });
  if (hook.drain || (wasHeld && pendingOf(model, hook).length > 0)) beginDrain(model, hook);
}

const plain = (model: Model, sealed: string | null) =>
  sealed === null ? null : (model.plainOf.get(sealed) ?? unopenable);

/** The secret of a webhook whose attempts cannot be signed. */
export const unopenable = "(opens for nobody)";

export function secretRotated(
  { model, now }: Context,
  [customerId, hookId, secret, overlapMs]: [string, string, string, number],
  result: boolean,
): void {
  const hook = findHook(model, customerId, hookId);
  if (result !== (hook !== undefined)) model.blame(11, `a rotation of ${hookId} answered ${result}`);
  if (!hook) return;
  const overlaps = hook.secret !== null && overlapMs > 0;
  hook.previous = overlaps ? { secret: hook.secret as string, until: now + overlapMs } : null;
  hook.secret = plain(model, secret);
  beginAnew(model, hook, hook.open !== null);
  count(model, "rotations");
}

export function hookDeleted({ model }: Context, customerId: string, hookId: string, result: boolean): void {
  const hook = findHook(model, customerId, hookId);
  if (result !== (hook !== undefined)) model.blame(11, `deleting ${hookId} answered ${result}`);
  if (hook) endHook(hook);
}

export function customerDeleted({ model }: Context, id: string, result: boolean): void {
  const customer = [...model.customers.values()].find(
    (each) => !each.isDeleted && [each.id, each.externalId].includes(id),
  );
  if (result !== (customer !== undefined)) model.blame(11, `deleting customer ${id} answered ${result}`);
  if (!customer) return;
  Object.assign(customer, { isDeleted: true, externalId: null });
  for (const hook of model.hooks.values()) if (hook.customer === customer) endHook(hook);
}

function endHook(hook: Hook): void {
  Object.assign(hook, { isDeleted: true, isActive: false, open: null, drain: null, secret: null });
}

/** The platform's own webhook belongs to a customer of its own, and hears of the others'. */
export function systemHookSet({ model, rows }: Context, target: { url: string } | null): void {
  const row = rows.systemHook();
  if (!target || !row) {
    if (model.systemHook) model.systemHook.isActive = false;
    return;
  }
  if (!model.systemHook) {
    const customer = {
      key: row.customer_key,
      id: row.customer_id,
      externalId: null,
      isDeleted: false,
      isSystem: true,
    };
    model.customers.set(customer.id, customer);
    model.systemHook = {
      ...newHook(row.key, model.lastEventKey),
      id: row.id,
      customer,
      url: target.url,
      events: [],
    };
    model.hooks.set(row.key, model.systemHook);
  }
  if (model.systemHook.url !== target.url) model.systemHook.version += 1;
  Object.assign(model.systemHook, { url: target.url, secret: plain(model, row.secret), isActive: true });
}

/** A fresh schedule for what ended; what waits only becomes due; what is in flight is left alone. */
export function redelivered(
  { model, now }: Context,
  [customerId, hookId, eventId]: [string, string, string],
  result: string,
): void {
  const hook = findHook(model, customerId, hookId);
  const delivery = hook && [...model.deliveries.values()].find((each) => isOf(each, hook, eventId));
  const expected = !delivery
    ? "not_found"
    : delivery.event.isTest
      ? "is_test"
      : delivery.hook.isActive
        ? "due"
        : "inactive";
  if (result !== expected) model.blame(11, `redelivering answered ${result}, not ${expected}`);
  if (result !== "due" || !delivery || delivery.lease) return;
  count(model, `redelivered ${delivery.status}`);
  dueAgain(delivery, now);
}

const isOf = (delivery: Delivery, hook: Hook, eventId: string) =>
  delivery.hook === hook && delivery.event.id === eventId;

export function dueAgain(delivery: Delivery, now: number): void {
  if (delivery.status !== "pending") Object.assign(delivery, { tries: 0, pendingSince: now });
  Object.assign(delivery, {
    status: "pending",
    dueAt: now,
    endedAt: null,
    round: delivery.round + 1,
    probes: 0,
    lostInARow: 0,
    nextReason: "manual",
  });
}

/** What giving up covers: what waits at the moment of the call. */
export const waitingOf = (model: Model, customerId: string, hookId: string): Set<Delivery> =>
  new Set(
    [...model.deliveries.values()].filter(
      ({ hook, event, status }) =>
        hook.id === hookId && hook.customer.id === customerId && status === "pending" && !event.isTest,
    ),
  );

/** Gives up all that waited when asked, and nothing that is in flight. */
export function pendingCancelled(
  { model, rows, now, asked }: Context,
  [customerId, hookId]: [string, string],
  result: number | null,
): void {
  // A webhook that was deleted since the call is given up all the same.
  const hook = [...model.hooks.values()].find(
    (each) => each.id === hookId && each.customer.id === customerId,
  );
  if (!hook) return;
  let cancelled = 0;
  for (const delivery of pendingOf(model, hook)) {
    const isCancelled = rows.delivery(delivery.key)?.status === "cancelled";
    const isHeld = delivery.lease !== null && delivery.lease.until > asked.at;
    if (isCancelled && isHeld) model.blame(3, `delivery ${delivery.key} was cancelled in flight`);
    if (!isCancelled && !delivery.lease && asked.waiting?.has(delivery)) {
      model.blame(3, `delivery ${delivery.key} still waits after everything was given up`);
    }
    if (!isCancelled) continue;
    cancelled += 1;
    cancel(delivery, now);
  }
  if (cancelled !== result) model.blame(3, `${cancelled} deliveries were cancelled, not ${result}`);
  count(model, "given up");
}

export function cancel(delivery: Delivery, now: number): void {
  Object.assign(delivery, { status: "cancelled", endedAt: now, lease: null, token: delivery.token + 1 });
}

export function testCreated(
  context: Context,
  test: { customerId: string; webhookId: string; eventId: string; type: string; dataJson: string },
  result: string,
): void {
  const { model, now } = context;
  const hook = findHook(model, test.customerId, test.webhookId);
  const underWay = [...model.deliveries.values()].filter(
    (each) => each.event.isTest && each.status === "pending" && each.event.customer === hook?.customer,
  );
  const expected = !hook ? "not_found" : underWay.length >= maxTests ? "too_many" : "created";
  if (result !== expected) model.blame(11, `a test answered ${result}, not ${expected}`);
  count(model, `tests ${result}`);
  if (!hook || result !== "created") return;
  adoptEvents(context, [
    {
      id: test.eventId,
      customer: hook.customer,
      type: test.type,
      payload: test.dataJson,
      contentHash: "",
      isTest: true,
      count: 1,
      createdAt: now,
      skipped: new Map(),
    },
  ]);
  if (adoptDeliveries(context).length !== 1) model.blame(2, "a test has no delivery");
}

import type { Context } from "./context";
import { letWantedGo } from "./probe";
import { adoptDeliveries, adoptEvents } from "./publish";
import { count, type Delivery, findHook, type Hook, type Model, pendingOf } from "./state";

/** Contract: a customer has at most 5 tests under way. */
const maxTests = 5;

/** A fresh schedule for what ended; what waits only becomes due; what is in flight is due if its attempt fails. */
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
  if (result !== "due" || !delivery) return;
  count(model, `redelivered ${delivery.lease ? "in flight" : delivery.status}`);
  if (delivery.lease) {
    delivery.isAsked = true;
    return;
  }
  wantedAgain(model, delivery, now);
}

const isOf = (delivery: Delivery, hook: Hook, eventId: string) =>
  delivery.hook === hook && delivery.event.id === eventId;

/** The same for somebody who asked for it: an open breaker lets it go first. */
export function wantedAgain(model: Model, delivery: Delivery, now: number): void {
  dueAgain(delivery, now);
  delivery.isWanted = true;
  letWantedGo(model, delivery.hook);
}

export function dueAgain(delivery: Delivery, now: number): void {
  if (delivery.status !== "pending") Object.assign(delivery, { tries: 0, second: null, pendingSince: now });
  Object.assign(delivery, {
    status: "pending",
    dueAt: now,
    endedAt: null,
    round: delivery.round + 1,
    probes: 0,
    lostInARow: 0,
    nextReason: "manual",
    isAsked: false,
    isWanted: false,
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

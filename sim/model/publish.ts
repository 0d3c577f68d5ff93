import type { NewEvent, PublishResult } from "@/db/store";
import { sentToAgents } from "./agents";
import type { Context } from "./context";
import { isFiltered, lists } from "./filter";
import { type Customer, count, type Delivery, type Event, type Hook, type Model } from "./state";

/** Contract rule 1, and what it says of repeated ids. */
export function published(context: Context, batch: NewEvent[], result: PublishResult): void {
  const { model, now } = context;
  const expected = expect(model, batch);
  if (JSON.stringify(result) !== JSON.stringify(expected.result)) {
    const text = `publish answered ${JSON.stringify(result)}, not ${JSON.stringify(expected.result)}`;
    model.blame(isAboutRepeats(expected.result) ? 15 : 1, text);
  }
  count(model, `published ${result.kind}`);
  if (result.kind !== "accepted") return;
  const nameOf = ({ customer, id }: Pick<Event, "customer" | "id">) => `${customer.id} ${id}`;
  const targets = new Map<string, Hook[]>(expected.fresh.map(({ event, hooks }) => [nameOf(event), hooks]));
  const found = adoptEvents(
    context,
    expected.fresh.map(({ event }) => ({ ...event, createdAt: now })),
  );
  const deliveries = adoptDeliveries(context);
  for (const event of found) {
    const got = deliveries.filter((each) => each.event === event).map(({ hook }) => hook.id);
    const wanted = (targets.get(nameOf(event)) ?? []).map(({ id }) => id);
    if (got.sort().join() !== wanted.sort().join()) {
      model.blame(16, `event ${event.id} went to webhooks [${got}], not [${wanted}]`);
    }
  }
  for (const { id, customer, type, payload, contentHash } of expected.fresh.map(({ event }) => event))
    sentToAgents(context, customer, { customer: customer.id, id, type, dataJson: payload, contentHash });
  if (found.length !== expected.fresh.length) model.blame(2, "an accepted event is not in the database");
}

type Fresh = { event: Omit<Event, "key" | "createdAt">; hooks: Hook[] };

function expect(model: Model, batch: NewEvent[]): { result: PublishResult; fresh: Fresh[] } {
  const fresh: Fresh[] = [];
  const refused = (result: PublishResult) => ({ result, fresh: [] });
  const answers: { id: string; deliveries: number; duplicate: boolean }[] = [];
  for (const [index, event] of batch.entries()) {
    const customer = [...model.customers.values()].find(
      (each) => !each.isDeleted && !each.isSystem && [each.id, each.externalId].includes(event.customer),
    );
    if (!customer) return refused({ kind: "unknown_customer", index });
    const known =
      fresh.find((each) => each.event.id === event.id && each.event.customer === customer)?.event ??
      [...model.events.values()].find((each) => each.id === event.id && each.customer === customer);
    if (known) {
      if (known.isTest || known.contentHash !== event.contentHash)
        return refused({ kind: "conflict", index });
      answers.push({ id: event.id, deliveries: known.count, duplicate: true });
      continue;
    }
    const { hooks, skipped } = match(model, customer, event);
    answers.push({ id: event.id, deliveries: hooks.length, duplicate: false });
    fresh.push({
      event: {
        id: event.id,
        customer,
        type: event.type,
        payload: event.dataJson,
        contentHash: event.contentHash,
        isTest: false,
        count: hooks.length,
        skipped,
      },
      hooks,
    });
  }
  return { result: { kind: "accepted", events: answers }, fresh };
}

function match(model: Model, customer: Customer, { type, dataJson }: NewEvent) {
  const hooks: Hook[] = [];
  const skipped: Event["skipped"] = new Map();
  for (const hook of model.hooks.values()) {
    if (hook.customer !== customer || hook.isDeleted) continue;
    if (!lists(hook, type)) skipped.set(hook.key, "not_subscribed");
    else if (isFiltered(hook, type, dataJson)) skipped.set(hook.key, "filtered");
    else if (hook.isActive) hooks.push(hook);
    else skipped.set(hook.key, "inactive");
  }
  return { hooks, skipped };
}

const isAboutRepeats = (result: PublishResult) =>
  result.kind === "conflict" || (result.kind === "accepted" && result.events.some((each) => each.duplicate));

/**
 * Takes the new event rows into the model, each of which must be one of `expected`; their payload there is the
 * JSON of the data. Without an id, any event of that type and data fits.
 */
export function adoptEvents({ model, rows }: Context, expected: Omit<Event, "key">[]): Event[] {
  const left = [...expected];
  return rows.eventsAfter(model.lastEventKey).flatMap((row) => {
    model.lastEventKey = row.key;
    const index = left.findIndex(
      ({ type, id, customer }) =>
        type === row.type && (id === "" || (id === row.id && customer.key === row.customer_key)),
    );
    const [event] = index < 0 ? [] : left.splice(index, 1);
    if (!event) {
      model.blame(2, `an event ${row.id} of type ${row.type} appeared that nobody published`);
      return [];
    }
    const payload = `{"id":"${row.id}","type":"${row.type}","created_at":"${new Date(event.createdAt).toISOString()}","data":${event.payload}}`;
    const isSystem = event.id === "";
    if (!isSystem && row.payload !== payload)
      model.blame(12, `the stored body of ${row.id} is ${row.payload}`);
    const adopted = { ...event, key: row.key, id: row.id, payload: isSystem ? row.payload : payload };
    model.events.set(row.key, adopted);
    return [adopted];
  });
}

/** Takes the new delivery rows into the model: each waits, and is due now. */
export function adoptDeliveries({ model, rows, now }: Context): Delivery[] {
  return rows.deliveriesAfter(model.lastDeliveryKey).flatMap((row) => {
    model.lastDeliveryKey = row.key;
    const event = model.events.get(row.event_key);
    const hook = model.hooks.get(row.webhook_key);
    if (!event || !hook || event.customer !== hook.customer) {
      model.blame(11, `delivery ${row.key} joins an event and a webhook that do not belong together`);
      return [];
    }
    if (row.status !== "pending" || row.due_at !== now || row.attempts !== 0) {
      model.blame(7, `new delivery ${row.key} is ${row.status}, due in ${row.due_at - now} ms`);
    }
    const delivery: Delivery = {
      key: row.key,
      event,
      hook,
      status: "pending",
      dueAt: now,
      pendingSince: now,
      endedAt: null,
      round: 0,
      nextReason: event.isTest ? "test" : "scheduled",
      isAsked: false,
      isWanted: false,
      refusedWith: null,
      tries: 0,
      probes: 0,
      second: null,
      refused: null,
      lostInARow: 0,
      attempts: [],
      token: 0,
      lease: null,
    };
    model.deliveries.set(row.key, delivery);
    return [delivery];
  });
}

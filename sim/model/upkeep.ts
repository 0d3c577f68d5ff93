import type { RecoveryRequest, Recovery as Started } from "@/db/store";
import type { Context } from "./context";
import { isFiltered, lists } from "./filter";

import { adoptSystemEvents, systemEventsOf } from "./health";
import { adoptDeliveries } from "./publish";
import { cancel, dueAgain } from "./redeliver";
import type { DeliveryRow } from "./rows";
import {
  count,
  type Delivery,
  type Event,
  findHook,
  type Hook,
  isInFlight,
  type Model,
  type Targets,
} from "./state";

type RecoveryCall = {
  id: string;
  customerId: string;
  webhookId: string | null;
  since: number;
  until: number | null;
  include: RecoveryRequest["include"];
};

/** A recovery's targets are those of the moment when it is asked for. */
export function recoveryAsked(model: Model, { since, until, include, ...call }: RecoveryCall): Targets {
  const hook = findHook(model, call.customerId, call.webhookId ?? "");
  const isWithin = ({ createdAt }: Event) => createdAt >= since && createdAt <= (until ?? Infinity);
  const failed = [...model.deliveries.values()].filter(
    (each) => each.hook === hook && each.status === "failed" && !each.event.isTest && isWithin(each.event),
  );
  const missed = [...model.events.values()].filter(
    (each) => hook && isWithin(each) && isMissed(model, each, hook),
  );
  return {
    failed: new Map(include.includes("failed") ? failed.map((each) => [each, each.round]) : []),
    missed: new Set(include.includes("missed") ? missed : []),
  };
}

/** Each target is sent again once, unless somebody else sent it meanwhile. */
export function recoveryStarted(
  { model, asked }: Context,
  call: RecoveryCall,
  result: Started | "not_found" | "inactive" | "busy",
): void {
  const hook = findHook(model, call.customerId, call.webhookId ?? "");
  const expected = !hook ? "not_found" : hook.isActive ? "object" : "inactive";
  if (expected !== (typeof result === "object" ? "object" : result)) {
    model.blame(22, `a recovery answered ${JSON.stringify(result)}, not ${expected}`);
  }
  if (!hook || typeof result === "string" || !asked.targets) return;
  const { failed, missed } = asked.targets;
  model.recoveries.set(call.id, { id: call.id, hook, failed, missed, isDone: false });
  const total = failed.size + missed.size;
  // The store counts in windows, and others may send a target meanwhile.
  if (result.total > total) model.blame(22, `a recovery counts ${result.total} targets of ${total}`);
  count(model, total > 0 ? "recoveries" : "empty recoveries");
}

/** It matched the filter and its content fitted while inactive, or came before the webhook was made and does so now. */
function isMissed(model: Model, event: Event, hook: Hook): boolean {
  if (event.customer !== hook.customer || event.isTest || deliveryOf(model, event, hook)) return false;
  const reason = event.skipped.get(hook.key);
  if (reason) return reason === "inactive";
  if (event.key > hook.afterEvent || !lists(hook, event.type)) return false;
  return !isFiltered(hook, event.type, JSON.stringify(JSON.parse(event.payload).data));
}

const deliveryOf = (model: Model, event: Event, hook: Hook) =>
  [...model.deliveries.values()].find((each) => each.event === event && each.hook === hook);

/** Follows one batch of the slow work through the rows: every change must be one that the contract allows. */
export function maintained(context: Context, retentionMs: number): void {
  const { model, rows, now } = context;
  const cutoff = now - retentionMs;
  const systemEvents: string[] = [];
  const current = new Map(rows.deliveries().map((row) => [row.key, row]));
  for (const delivery of model.deliveries.values()) {
    const row = current.get(delivery.key);
    if (!row) prune(model, delivery, cutoff);
    else if (row.status !== delivery.status) systemEvents.push(...follow(context, delivery, row, cutoff));
  }
  if (systemEvents.length > 0) adoptSystemEvents(context, systemEvents);
  else followMissed(context);
  pruneEvents(context, cutoff);
  followRecoveries(context);
}

function prune(model: Model, delivery: Delivery, cutoff: number): void {
  const isOver = delivery.endedAt !== null && delivery.endedAt < cutoff;
  if (!isOver && !delivery.event.customer.isDeleted) {
    model.blame(23, `delivery ${delivery.key} (${delivery.status}) was removed before its time`);
  }
  count(model, "pruned");
  model.deliveries.delete(delivery.key);
}

function follow({ model, now }: Context, delivery: Delivery, row: DeliveryRow, cutoff: number): string[] {
  const name = `delivery ${delivery.key}`;
  const step = `${delivery.status} to ${row.status}`;
  const recovery = [...model.recoveries.values()].find(
    (each) => !each.isDone && each.failed.get(delivery) === delivery.round,
  );
  if (step === "pending to cancelled" && delivery.hook.isDeleted) {
    count(model, "cancelled with the webhook");
    cancel(delivery, now);
  } else if (step === "pending to failed" && row.error_code === "expired") {
    if (delivery.pendingSince >= cutoff) model.blame(23, `${name} expired too early`);
    if (isInFlight(delivery, now)) model.blame(8, `${name} expired in flight`);
    count(model, "expired");
    Object.assign(delivery, { status: "failed", endedAt: now, lease: null, token: delivery.token + 1 });
    return delivery.event.isTest || delivery.hook.isDeleted
      ? []
      : systemEventsOf(model, delivery.hook, ["delivery.failed"]);
  } else if (step === "failed to pending" && recovery) {
    recovery.failed.delete(delivery);
    count(model, "recovered");
    dueAgain(delivery, now);
  } else {
    model.blame(step === "failed to pending" ? 22 : 3, `${name} went from ${step} for no reason`);
  }
  return [];
}

function followMissed(context: Context): void {
  const { model } = context;
  for (const delivery of adoptDeliveries(context)) {
    const { hook, event } = delivery;
    const recovery = [...model.recoveries.values()].find(
      (each) => !each.isDone && each.hook === hook && each.missed.has(event),
    );
    if (!recovery) model.blame(22, `delivery ${delivery.key} appeared for no reason`);
    for (const each of model.recoveries.values()) if (each.hook === hook) each.missed.delete(event);
    event.skipped.set(hook.key, "recovered");
    count(model, "missed ones sent");
  }
}

function pruneEvents({ model, rows }: Context, cutoff: number): void {
  const kept = new Set(rows.eventKeys().map(({ key }) => key));
  if (kept.size === model.events.size) return;
  const needed = new Set([...model.deliveries.values()].map(({ event }) => event));
  for (const event of model.events.values()) {
    if (kept.has(event.key)) continue;
    const isOver = event.createdAt < cutoff && !needed.has(event);
    if (!isOver && !event.customer.isDeleted)
      model.blame(23, `event ${event.id} was removed before its time`);
    model.events.delete(event.key);
  }
}

/** A recovery that is done has left nothing out that still waits for it. */
function followRecoveries({ model, rows }: Context): void {
  const open = [...model.recoveries.values()].filter(({ isDone }) => !isDone);
  if (open.length === 0) return;
  const found = new Map(rows.recoveries().map((row) => [row.id, row]));
  for (const recovery of open) {
    const row = found.get(recovery.id);
    if (row && row.done > row.total) model.blame(22, `a recovery has done ${row.done} of ${row.total}`);
    if (row?.state === "running") continue;
    recovery.isDone = true;
    if (row && row.done !== row.total) model.blame(22, `a recovery ended at ${row.done} of ${row.total}`);
    if (recovery.hook.isDeleted) continue;
    const left = [...recovery.failed].filter(
      ([each, round]) => model.deliveries.has(each.key) && each.status === "failed" && each.round === round,
    );
    const missed = [...recovery.missed].filter(
      (each) => model.events.has(each.key) && !deliveryOf(model, each, recovery.hook),
    );
    if (left.length + missed.length > 0) {
      model.blame(22, `a recovery ended without ${left.length + missed.length} of its targets`);
    }
  }
}

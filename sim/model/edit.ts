import type { Webhook, WebhookChange } from "@/db/store";
import type { Context } from "./context";
import { newRate } from "./rate";
import { isOverlap } from "./rotation";
import { beginDrain, type Conditions, count, findHook, type Hook, type Model, pendingOf } from "./state";

/** Contract: a customer has at most 10 webhooks. */
const maxHooks = 10;

export type NewHook = {
  id: string;
  customerId: string;
  url: string;
  secret: string | null;
  isActive: boolean;
  events: string[];
  conditions?: Conditions | null;
  ratePerSecond?: number | null;
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
    conditions: made.conditions ?? null,
    rate: newRate(made.ratePerSecond),
  });
}

const newHook = (
  key: number,
  afterEvent: number,
): Omit<Hook, "id" | "customer" | "url" | "events" | "conditions"> => ({
  key,
  afterEvent,
  isActive: true,
  isDeleted: false,
  pause: null,
  secret: null,
  previous: null,
  env: null,
  timeoutMs: null,
  rate: null,
  side: "current",
  switchedAt: null,
  proven: null,
  version: 0,
  failures: [],
  succeededAt: null,
  open: null,
  drain: null,
  countdown: null,
  isReported: false,
  slowSince: null,
  certificateTold: null,
  lastEndedAt: null,
  lastOk: null,
  passedOver: 0,
  rivals: new Set(),
  readySince: null,
});

/** Omitted = kept. What is new of how it is sent to, and an activation, begin anew with this webhook's health. */
export function hookUpdated(
  { model }: Context,
  customerId: string,
  hookId: string,
  change: WebhookChange,
  result: Webhook | string | null,
): void {
  const hook = findHook(model, customerId, hookId);
  if ((result !== null) !== (hook !== undefined)) model.blame(11, `an edit of ${hookId} answered ${result}`);
  if (!hook) return;
  const lacks = lacksValue(hook, change);
  if (lacks !== (result === "no_header_value")) model.blame(14, `an edit of ${hookId} answered ${result}`);
  if (lacks) return;
  const wasHeld = hook.open !== null || (change.isActive === true && !hook.isActive);
  const isNew =
    (change.url !== undefined && change.url !== hook.url) ||
    change.secret !== undefined ||
    changeEnv(model, hook, change.headers) ||
    (change.timeoutMs !== undefined && change.timeoutMs !== hook.timeoutMs) ||
    (change.isActive === true && !hook.isActive);
  if (change.url !== undefined) hook.url = change.url;
  if (change.events !== undefined) hook.events = [...change.events];
  if (change.conditions !== undefined) hook.conditions = change.conditions;
  if (change.secret !== undefined) {
    Object.assign(hook, { secret: plain(model, change.secret), previous: null, ...newAlone });
  }
  if (change.timeoutMs !== undefined) hook.timeoutMs = change.timeoutMs;
  const { ratePerSecond } = change;
  if (ratePerSecond !== undefined && ratePerSecond !== (hook.rate?.perSecond ?? null))
    hook.rate = newRate(ratePerSecond);
  if (change.isActive !== undefined) hook.isActive = change.isActive;
  if (!hook.isActive) hook.pause = null;
  if (isNew) beginAnew(model, hook, wasHeld);
  count(model, `edits${isNew ? " that begin anew" : ""}`);
}

/** A secret value that is not given is kept where it was secret, and for the origin that it was given for. */
function lacksValue({ env, url }: Hook, change: WebhookChange): boolean {
  const isElsewhere = change.url !== undefined && new URL(change.url).origin !== new URL(url).origin;
  const keeps = change.headers ? change.headers.some(({ value }) => value === null) : env?.isSecret === true;
  if (change.headers && keeps) return isElsewhere || env?.isSecret !== true;
  return keeps && isElsewhere;
}

/** The list is `X-Env` or empty. Whether it is another: a secret without a value stays, and one with a value is new. */
function changeEnv(model: Model, hook: Hook, headers: WebhookChange["headers"]): boolean {
  if (!headers) return false;
  const [given] = headers;
  const before = hook.env;
  if (given?.value === null) return false;
  hook.env = given
    ? { value: given.isSecret ? (plain(model, given.value) ?? "") : given.value, isSecret: given.isSecret }
    : null;
  return given?.isSecret || JSON.stringify(before) !== JSON.stringify(hook.env);
}

const newAlone = { side: "current", switchedAt: null } as const;

/** What was held drains; what was not goes on as it was. */
function beginAnew(model: Model, hook: Hook, wasHeld: boolean): void {
  Object.assign(hook, {
    failures: [],
    succeededAt: null,
    open: null,
    countdown: null,
    version: hook.version + 1,
  });
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
  const accepted = isOverlap(hook, now) && hook.side === "previous" ? hook.previous?.secret : hook.secret;
  const overlaps = accepted !== null && accepted !== undefined && overlapMs > 0;
  hook.previous = overlaps ? { secret: accepted, until: now + overlapMs } : null;
  hook.secret = plain(model, secret);
  Object.assign(hook, newAlone, overlaps && { side: "previous" });
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
  Object.assign(hook, {
    isDeleted: true,
    isActive: false,
    pause: null,
    open: null,
    drain: null,
    secret: null,
  });
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
      conditions: null,
    };
    model.hooks.set(row.key, model.systemHook);
  }
  const hook = model.systemHook;
  const wasHeld = hook.open !== null || !hook.isActive;
  const isNew = hook.url !== target.url || !hook.isActive;
  Object.assign(hook, { url: target.url, secret: plain(model, row.secret), isActive: true });
  if (isNew) beginAnew(model, hook, wasHeld);
}

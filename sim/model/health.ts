import type { AttemptRecord } from "@/db/store";
import type { Outcome } from "@/domain/delivery/outcome";
import type { Context } from "./context";
import { isRefusal, letWantedGo } from "./probe";
import { adoptDeliveries, adoptEvents } from "./publish";
import { isOverlap, learnFrom } from "./rotation";
import { beginDrain, count, type Delivery, type Event, type Hook, type Lease, type Model } from "./state";

const failuresToOpen = 5;
const deliveriesToOpen = 3;
const firstProbeMs = 5_000;
const lastProbeMs = 5 * 60_000;
const refusalsIgnoredMs = 5 * 60_000;
const dayMs = 24 * 60 * 60_000;
/** Between two attempts there may be a day that the receiver asked for, and the time until the second one begins. */
const silenceMs = dayMs + 5 * 60_000;

/** An attempt that a holder of its lease recorded, and what the model makes of it. */
export type Recorded = {
  record: AttemptRecord;
  lease: Lease;
  delivery: Delivery;
  ok: boolean;
  gone: boolean;
  code: string;
  hasFailed: boolean;
  /** One more follows at once with the other secret, or it only came too soon. */
  countsForNothing: boolean;
};

/** What ended attempts mean for their webhooks (contract rules 5 and 6), and what the platform hears of it. */
export function judge(context: Context, records: Recorded[]): void {
  const { model, rows, now } = context;
  const inOrder = [...records].sort((a, b) => endOf(a) - endOf(b));
  const systemEvents: string[] = [];
  const isOpenBefore = new Map<Hook, boolean>();
  for (const record of inOrder) {
    const { hook } = record.delivery;
    if (!isOpenBefore.has(hook)) isOpenBefore.set(hook, hook.open !== null);
    const wasOpen = isOpenBefore.get(hook) === true;
    if (!hook.isDeleted) systemEvents.push(...judgeOne(context, record, wasOpen));
  }
  adoptSystemEvents(context, systemEvents);
  for (const [hook, wasOpen] of isOpenBefore) {
    // One that a success of the same batch closed again has held nothing, and a drain goes on.
    if (hook.open && !wasOpen) hook.drain = null;
    letWantedGo(model, hook);
    const row = rows.hook(hook.key);
    if (!row || hook.isDeleted) continue;
    compareHook(model, hook, now, row);
  }
}

const endOf = ({ record: { outcome } }: Recorded) => outcome.startedAt + outcome.durationMs;

function judgeOne(
  { model, now }: Context,
  { delivery, lease, record, ok, gone, code, hasFailed, countsForNothing }: Recorded,
  wasOpen: boolean,
) {
  const { hook, event } = delivery;
  const systemEvents: string[] = [];
  const endedAt = record.outcome.startedAt + record.outcome.durationMs;
  if (hasFailed && !event.isTest) systemEvents.push("delivery.failed");
  if (isOurFault(record.outcome)) return systemEventsOf(model, hook, systemEvents);
  if (hook.lastEndedAt === null || endedAt >= hook.lastEndedAt) {
    Object.assign(hook, { lastEndedAt: endedAt, lastOk: ok });
  }
  if (lease.version === hook.version && !countsForNothing) {
    if (ok) learnFrom(model, hook, lease, now);
    if (ok) succeed(model, hook, now, systemEvents, wasOpen);
    else if (!event.isTest) fail(model, hook, now, { lease, record, gone, code, delivery }, systemEvents);
  }
  return systemEventsOf(model, hook, systemEvents);
}

/** What the platform hears about a webhook, unless it is its own. */
export const systemEventsOf = (model: Model, hook: Hook, systemEvents: string[]) =>
  hook === model.systemHook ? [] : systemEvents.map((type) => `${type} ${hook.id}`);

/** It says nothing about the webhook. */
const isOurFault = (outcome: Outcome) => outcome.kind === "error" && outcome.error.code === "internal";

/** A 2xx, of a test too, closes the breaker and ends the countdown. Nothing was held by one that opened just now. */
function succeed(model: Model, hook: Hook, now: number, systemEvents: string[], wasOpen: boolean): void {
  if (hook.open && wasOpen) {
    count(model, "breakers closed");
    beginDrain(model, hook);
  }
  if (hook.isReported) systemEvents.push("webhook.recovered");
  Object.assign(hook, {
    failures: [],
    succeededAt: now,
    open: null,
    countdown: null,
    isReported: false,
  });
}

function fail(
  model: Model,
  hook: Hook,
  now: number,
  { lease, record, gone, code, delivery }: Pick<Recorded, "lease" | "record" | "gone" | "code" | "delivery">,
  systemEvents: string[],
): void {
  const { open } = hook;
  if (open) {
    if (lease.reason === "probe") {
      const delayMs = Math.min(open.delayMs * 2, lastProbeMs);
      const wasRefused = lease.wasRefused || isRefusal(code);
      hook.open = { delayMs, probeAt: now + delayMs, probe: null, made: open.made + 1, wasRefused };
    }
  } else if (isRefusal(code) && !judgesEndpoint(hook, delivery, now)) {
    count(model, "refusals that open no breaker");
  } else {
    hook.failures = [...hook.failures, delivery.key].slice(-failuresToOpen);
    if (hook.failures.length === failuresToOpen && new Set(hook.failures).size >= deliveriesToOpen) {
      count(model, "breakers opened");
      const delayMs = firstProbeMs;
      hook.open = { delayMs, probeAt: now + delayMs, probe: null, made: 0, wasRefused: false };
    }
  }
  if (!hook.isReported) systemEvents.push("webhook.failing");
  hook.isReported = true;
  const isWornOut = countDown(hook, record.outcome.startedAt, now);
  if (hook.isActive && hook !== model.systemHook && (gone || isWornOut)) {
    count(model, gone ? "disabled by 410" : "disabled after 5 days");
    systemEvents.push("webhook.disabled");
    Object.assign(hook, { isActive: false, pause: null });
  }
}

/** A content that is refused says nothing while others get through, and says it once for a delivery. */
function judgesEndpoint({ succeededAt, failures }: Hook, { key }: Delivery, now: number): boolean {
  const isDelivering = succeededAt !== null && succeededAt <= now && now - succeededAt < refusalsIgnoredMs;
  return !isDelivering && !failures.includes(key);
}

/** Five days of nothing but failures: 20 of them, with a day of time between them that was no silence. */
function countDown(hook: Hook, startedAt: number, now: number): boolean {
  const at = Math.min(startedAt, now);
  if (!hook.countdown || hook.countdown.since > now) {
    hook.countdown = { since: at, failures: 1, lastAt: at, coveredMs: 0 };
    return false;
  }
  const { countdown } = hook;
  const betweenMs = at - countdown.lastAt;
  if (betweenMs > 0 && betweenMs <= silenceMs) countdown.coveredMs += betweenMs;
  if (betweenMs > 0 || countdown.lastAt > now) countdown.lastAt = at;
  countdown.failures += 1;
  return now - countdown.since >= 5 * dayMs && countdown.failures >= 20 && countdown.coveredMs >= dayMs;
}

/** The platform hears of each thing once, if it has a webhook of its own that is active. */
export function adoptSystemEvents(context: Context, systemEvents: string[]): void {
  const { model, now } = context;
  const { systemHook } = model;
  const heard = systemHook?.isActive ? systemEvents : [];
  const found = adoptEvents(
    context,
    heard.map((each): Omit<Event, "key"> => {
      const [type = ""] = each.split(" ");
      return {
        id: "",
        customer: (systemHook as Hook).customer,
        type,
        payload: "",
        contentHash: "",
        isTest: false,
        count: 1,
        createdAt: now,
        skipped: new Map(),
      };
    }),
  );
  if (found.length !== heard.length) {
    model.blame(20, `the platform should hear of ${heard} and was told ${found.length} things`);
  }
  const about = found.map(({ type, payload }) => `${type} ${JSON.parse(payload).data.webhook_id}`);
  if (about.sort().join() !== [...heard].sort().join()) {
    model.blame(20, `the platform should hear of ${heard} and was told of ${about}`);
  }
  if (adoptDeliveries(context).length !== heard.length) model.blame(2, "a system event has no delivery");
  for (const type of heard) count(model, `system event ${type.split(" ")[0]}`);
}

/** The row of a webhook says what the model says. */
export function compareHook(
  model: Model,
  hook: Hook,
  now: number,
  row: NonNullable<ReturnType<Context["rows"]["hook"]>>,
): void {
  const name = `webhook ${hook.id}`;
  const isOpen = row.opened_at !== null;
  if ((row.is_active === 1) !== hook.isActive) model.blame(20, `${name} is_active is ${row.is_active}`);
  const isHeld = !hook.isActive || hook.pause !== null;
  if ((row.is_paused === 1) !== isHeld) {
    model.blame(hook.isActive ? 32 : 5, `${name} holds what waits: ${row.is_paused}`);
  }
  const until = hook.pause?.until ?? null;
  if (row.paused_until !== until)
    model.blame(32, `${name} is paused until ${row.paused_until}, not ${until}`);
  if (row.version !== hook.version) model.blame(17, `${name} has version ${row.version}`);
  if (isOpen !== (hook.open !== null)) model.blame(19, `the breaker of ${name} is open: ${isOpen}`);
  if (hook.open && row.probe_delay_ms !== hook.open.delayMs) {
    model.blame(19, `the breaker of ${name} probes after ${row.probe_delay_ms} ms, not ${hook.open.delayMs}`);
  }
  if (hook.open && row.probes_made !== hook.open.made) {
    model.blame(19, `the breaker of ${name} has made ${row.probes_made} probes, not ${hook.open.made}`);
  }
  const countdown = hook.countdown && Object.values(hook.countdown).join(" ");
  if (row.countdown !== countdown) model.blame(20, `${name} counts down ${row.countdown}, not ${countdown}`);
  const leads = `${hook.side} since ${hook.switchedAt}`;
  if (isOverlap(hook, now) && row.leads !== leads) {
    model.blame(13, `${name} is led by the ${row.leads}, and should be by the ${leads}`);
  }
  const lastOk = row.last_attempt_ok === null ? null : row.last_attempt_ok === 1;
  if (lastOk !== hook.lastOk) model.blame(24, `the last attempt of ${name} was ok: ${lastOk}`);
}

import { setTimeout as pause } from "node:timers/promises";
import type { AttemptRecord, Claim, Key, ProcessMark, Store } from "@/db/store";
import { longestPauseMs } from "@/domain/delivery/retry";
import { shareLimits, startWithinMs } from "@/domain/limits";
import { createCaps } from "@/domain/queue/caps";
import { heartbeatEveryMs } from "@/domain/queue/heartbeat";
import { createPaces } from "@/domain/queue/paces";
import { isStoreAway } from "@/domain/store-away";
import type { KeyRing } from "@/domain/webhook/seal";
import { type Delivering, deliver } from "./deliver";
import { createRecorder } from "./recorder";
import { createReveal } from "./secrets";
import { Underway } from "./underway";

export type EngineLog = { error(detail: object, message: string): void };

export type EngineOptions = Omit<Delivering, "reveal" | "onSurprise"> & {
  store: Store;
  ring: KeyRing;
  log: EngineLog;
  workerId: string;
  mark: ProcessMark;
  deliveryTimeoutMs: number;
  deliveryConcurrency: number;
  webhookConcurrency: number;
  retentionMs: number;
  /** Whether what events hold is to be found by an index. */
  hasSearchIndex: boolean;
};

export type Engine = {
  /** Begins to claim and deliver. */
  start(): Promise<void>;
  /** Claims nothing more, lets what is in flight end and be recorded, and says that this worker is gone. */
  stop(): Promise<void>;
};

/** A claim under way, until it is recorded. `isToTell` until its request has ended, or was told to those who look on. */
type Flight = { claim: Claim; startedAt: number; isToTell: boolean; place: number };

/** Past an attempt's deadline, a claim stays this worker's for recording it. */
const leaseSlackMs = 10_000;
/** Places kept for test deliveries, which wait for no others. */
const testSlots = 128;
/** Claims of one transaction: other writers wait for it. */
const claimBatch = 128;
/** A look at the queue even when nothing calls: due times are the store's clock's, which may jump. */
const lookEveryMs = 1_000;
const maintainEveryMs = 1_000;
/** The search index is worked on for a quarter of the time at most. */
const indexRest = 3;
const checkEveryMs = 5 * 60_000;
const passOnEveryMs = 1_000;
/** A request that takes longer is told to those who look on: a write that most are over without. */
const tellAfterMs = 1_000;

/** The delivery worker: claims what is due, delivers it, records what came of it. */
export function createEngine(options: EngineOptions): Engine {
  const { store, log, workerId } = options;
  const caps = createCaps(options.webhookConcurrency);
  const paces = createPaces(() => performance.now());
  const recorder = createRecorder(store, {
    onError: (err) => tell(err, "Attempts could not be recorded yet"),
    onGivenUp: ({ claim: { delivery, number } }) =>
      log.error({ delivery, number }, "An attempt could not be recorded: it will be made again"),
  });
  const delivering: Delivering = {
    ...options,
    reveal: createReveal(options.ring),
    onSurprise: (err, claim) => log.error({ err, delivery: claim.delivery }, "An attempt failed here"),
  };
  const inFlight = new Underway<Flight>();
  const busy = { tests: 0, others: 0, byWebhook: new Map<Key, number>(), byCustomer: new Map<Key, number>() };
  const testsInFlight = new Map<Key, number>();

  let isRunning = false;
  /** By the latest heartbeat, an operator holds all delivery: only tests are claimed. */
  let isAllPaused = false;
  let claiming: Promise<void> | null = null;
  let isCalledAgain = false;
  let stopListening = () => {};
  let lookTimer: NodeJS.Timeout | undefined;
  const chores: Chore[] = [];

  return {
    async start() {
      isRunning = true;
      await heartbeat();
      stopListening = store.onChange(wake);
      chores.push(
        repeat(heartbeatEveryMs, heartbeat, onChoreError),
        repeat(maintainEveryMs, maintain, onChoreError),
        repeat(maintainEveryMs, keepSearchIndex, onChoreError),
        repeat(checkEveryMs, checkWarnings, onChoreError),
        repeat(passOnEveryMs, passOnNotices, onChoreError),
        repeat(tellAfterMs / 2, tellSlow, onChoreError),
      );
      wake();
    },

    async stop() {
      isRunning = false;
      stopListening();
      clearTimeout(lookTimer);
      await claiming;
      await Promise.all(chores.map((chore) => chore.stop()));
      recorder.hurry();
      await inFlight.whenEmpty();
      await store.endWorker(workerId).catch((err) => tell(err, "Nobody could be told that this worker ends"));
    },
  };

  async function heartbeat(): Promise<void> {
    const worker = { id: workerId, ...options.mark, keyIds: options.ring.map(({ id }) => id) };
    const wasPaused = isAllPaused;
    ({ isAllPaused } = await store.heartbeat(worker));
    if (wasPaused && !isAllPaused) wake();
  }

  /** Something may be due, or a place is free. */
  function wake(): void {
    if (!isRunning) return;
    if (claiming) isCalledAgain = true;
    else claiming = claimAll().finally(waitForWork);
  }

  async function claimAll(): Promise<void> {
    do {
      isCalledAgain = false;
      const askedAt = performance.now();
      const claims = await claimSome();
      if (claims.length > 0) isCalledAgain = true;
      if (!isRunning || performance.now() - askedAt > startWithinMs) await giveBack(claims);
      else for (const claim of claims) begin(claim);
    } while (isRunning && isCalledAgain);
  }

  async function claimSome(): Promise<Claim[]> {
    const free = freePlaces();
    try {
      return await store.claimDeliveries({
        workerId,
        leaseMs: options.deliveryTimeoutMs + leaseSlackMs,
        free,
        slots: isAllPaused ? 0 : Math.min(claimBatch, free),
        testSlots: testSlots - busy.tests,
        testsInFlight,
        webhookCap: options.webhookConcurrency,
        customerCap: Math.max(1, Math.floor(options.deliveryConcurrency * shareLimits.ofWorker)),
        inFlight: busy,
        webhookCaps: caps.lowered,
        drainCaps: caps.drains,
        webhookRooms: paces.rooms(),
      });
    } catch (err) {
      tell(err, "The queue could not be read");
      return [];
    }
  }

  /** What only waits to be recorded takes no place, until it is as much again: so a slow disk bounds what waits for it. */
  function freePlaces(): number {
    const places = options.deliveryConcurrency;
    return Math.min(places - busy.others, 2 * places - (inFlight.size - busy.tests));
  }

  async function giveBack(claims: Claim[]): Promise<void> {
    if (claims.length === 0) return;
    await store.releaseDeliveries(claims).catch((err) => tell(err, "Claims could not be given back"));
  }

  /** Until the next due time, the next request of a webhook that has to wait for its pace, or the next regular look. */
  function waitForWork(): void {
    claiming = null;
    if (!isRunning) return;
    clearTimeout(lookTimer);
    const lookInMs = Math.min(lookEveryMs, paces.nextInMs() ?? lookEveryMs);
    lookTimer = setTimeout(wake, lookInMs);
    store.nextDueInMs().then(
      (dueInMs) => {
        if (!isRunning || claiming || dueInMs === null || dueInMs >= lookInMs) return;
        clearTimeout(lookTimer);
        lookTimer = setTimeout(wake, dueInMs);
      },
      (err) => tell(err, "The queue could not be read"),
    );
  }

  function begin(claim: Claim): void {
    const flight: Flight = { claim, startedAt: performance.now(), isToTell: true, place: 0 };
    inFlight.add(flight);
    occupy(claim, 1);
    caps.claimed(claim);
    paces.claimed(claim);
    void run(flight);
  }

  async function run(flight: Flight): Promise<void> {
    const { claim, startedAt } = flight;
    const record = await deliver(claim, delivering, (outcome) => paces.ended(claim, outcome, startedAt));
    flight.isToTell = false;
    caps.ended(claim, record.outcome);
    const isFreeEarly = decidesNothing(record);
    if (isFreeEarly) occupy(claim, -1);
    const recorded = recorder.record(record);
    if (isFreeEarly && freePlaces() > 0) wake();
    await recorded;
    inFlight.remove(flight);
    if (!isFreeEarly) occupy(claim, -1);
    wake();
  }

  function occupy({ webhook, isTest }: Claim, change: 1 | -1): void {
    if (isTest) {
      busy.tests += change;
      add(testsInFlight, webhook.customerKey, change);
      return;
    }
    busy.others += change;
    add(busy.byWebhook, webhook.key, change);
    add(busy.byCustomer, webhook.customerKey, change);
  }

  async function tellSlow(): Promise<void> {
    const before = performance.now() - tellAfterMs;
    const slow = [...inFlight].filter(({ isToTell, startedAt }) => isToTell && startedAt <= before);
    if (slow.length === 0) return;
    await store.tellInFlight(slow.map(({ claim }) => claim));
    for (const flight of slow) flight.isToTell = false;
  }

  async function maintain(): Promise<void> {
    const { retentionMs, retryScheduleMs } = options;
    const limits = { retentionMs, longestPauseMs: longestPauseMs(retryScheduleMs) };
    while (isRunning && (await store.maintain(limits)));
  }

  /** Most of the time is left to deliveries, however much there is to do. */
  async function keepSearchIndex(): Promise<void> {
    for (let isMore = true; isMore && isRunning; ) {
      const startedAt = performance.now();
      isMore = await store.keepSearchIndex(options.hasSearchIndex);
      if (isMore) await pause(indexRest * (performance.now() - startedAt));
    }
  }

  /** Webhooks that come close to the timeout, or whose certificates end soon. */
  async function checkWarnings(): Promise<void> {
    let after: string | null = null;
    do after = await store.checkWarnings(after, options.deliveryTimeoutMs);
    while (isRunning && after !== null);
  }

  /** What happened to webhooks, to whom of their customers wants to hear of it. */
  async function passOnNotices(): Promise<void> {
    while (isRunning && (await store.passOnNotices()));
  }

  function onChoreError(err: unknown): void {
    tell(err, "A regular task failed and will be tried again");
  }

  /** That the store is away is told once, by who opened it, and not with each thing that waits for it. */
  function tell(err: unknown, message: string): void {
    if (!isStoreAway(err)) log.error({ err }, message);
  }
}

/**
 * Whether what comes next for this receiver does not hang on what is recorded of this attempt: then the receiver takes
 * it at once, and its claim and this record share a commit. A failure may open the breaker or be followed by an attempt
 * with the other secret; while two sign, a success says which one leads.
 */
function decidesNothing({ claim, next }: AttemptRecord): boolean {
  return next.status === "delivered" && !claim.isTest && claim.webhook.previousSecret === null;
}

function add(counts: Map<Key, number>, key: Key, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}

type Chore = { stop(): Promise<void> };

/** Runs a task again and again, each time some time after the last one ended. */
function repeat(everyMs: number, task: () => Promise<void>, onError: (error: unknown) => void): Chore {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current = run();
  async function run(): Promise<void> {
    await task().catch(onError);
    if (isStopped) return;
    timer = setTimeout(() => {
      current = run();
    }, everyMs);
  }
  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
      return current;
    },
  };
}

import { setTimeout as pause } from "node:timers/promises";
import { type FanfareClient, FanfareError } from "../fanfare";
import { forward, type Outcome } from "./forward";
import { accepts, whenAccepts } from "./port";

type Listeners = FanfareClient["listeners"];
export type Opened = Awaited<ReturnType<Listeners["open"]>>;
type Taken = Awaited<ReturnType<Listeners["take"]>>["deliveries"][number];

/** What a person is told while a program listens. */
export type News =
  | { kind: "open"; opened: Opened }
  | { kind: "forwarded"; taken: Taken; outcome: Exclude<Outcome, { kind: "not_sent" }>; isRecorded: boolean }
  /** The local server is not there: events wait. */
  | { kind: "local_away" }
  | { kind: "local_back" }
  /** Fanfare cannot be reached: events wait there. */
  | { kind: "lost"; reason: string };

/** Requests under way at a time; more are taken once half of them have ended. */
const most = 16;
const firstWaitMs = 500;
const longestWaitMs = 10_000;

/**
 * Takes what comes for a listener, and forwards it, until the signal says so. What is under way then is still reported.
 * Throws what does not pass by itself: another program took over, or the listener is gone.
 */
export async function listen(
  listeners: Listeners,
  opening: Parameters<Listeners["open"]>[0],
  { signal, tell }: { signal: AbortSignal; tell: (news: News) => void },
): Promise<void> {
  const url = new URL(opening.forwards_to);
  const busy = new Set<Promise<void>>();
  const cutOff = new Set<string>();
  let opened = await open();
  while (!signal.aborted) {
    try {
      await untilLocalIsThere();
      while (busy.size > most / 2) await Promise.race(busy);
      await takeSome();
    } catch (error) {
      if (signal.aborted) break;
      if (!passes(error)) throw error;
      await reopen(error);
    }
  }
  await Promise.all(busy);

  async function open(): Promise<Opened> {
    const opened = await listeners.open(opening, { signal });
    tell({ kind: "open", opened });
    return opened;
  }

  async function untilLocalIsThere(): Promise<void> {
    let wasAway = false;
    await whenAccepts(url, signal, () => {
      wasAway = true;
      tell({ kind: "local_away" });
    });
    if (wasAway) tell({ kind: "local_back" });
  }

  async function takeSome(): Promise<void> {
    const { deliveries } = await listeners.take({ ...ofSession(), limit: most - busy.size }, { signal });
    for (const taken of deliveries) {
      const run = handle(taken).finally(() => busy.delete(run));
      busy.add(run);
    }
  }

  async function handle(taken: Taken): Promise<void> {
    const answered = await forward(url, taken, new AbortController().signal);
    const outcome = (await wentDown(taken, answered)) ? ({ kind: "not_sent" } as const) : answered;
    const isRecorded = await report(taken, outcome);
    if (outcome.kind !== "not_sent") tell({ kind: "forwarded", taken, outcome, isRecorded });
  }

  /**
   * Whether the local server was stopped over it, as one is that is being worked on. Then it comes once more; what stops
   * it again is what may well do so each time.
   */
  async function wentDown({ event_id }: Taken, outcome: Outcome): Promise<boolean> {
    const isCutOff = outcome.kind === "error" && outcome.code === "connect_reset";
    if (!isCutOff || cutOff.has(event_id) || (await accepts(url))) {
      cutOff.delete(event_id);
      return false;
    }
    cutOff.add(event_id);
    return true;
  }

  /** Until Fanfare has it. False when it was not ours any more. */
  async function report({ event_id, attempt }: Taken, outcome: Outcome): Promise<boolean> {
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, 2 * waitMs)) {
      try {
        await listeners.report({ ...ofSession(), event_id, attempt, outcome });
        return true;
      } catch (error) {
        if (!passes(error) || signal.aborted) return false;
        await pause(waitMs);
      }
    }
  }

  /**
   * What was taken may have been lost on the way: whoever opens a listener anew is given that again at once. What is
   * under way is reported before.
   */
  async function reopen(cause: unknown): Promise<void> {
    tell({ kind: "lost", reason: cause instanceof Error ? cause.message : String(cause) });
    await Promise.all(busy);
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, 2 * waitMs)) {
      await pause(waitMs, undefined, { signal });
      try {
        opened = await open();
        return;
      } catch (error) {
        if (!passes(error)) throw error;
      }
    }
  }

  function ofSession() {
    return { webhook_id: opened.webhook.id, session: opened.session };
  }
}

/** Whether asking again may help: no answer came, or Fanfare has trouble of its own. */
function passes(error: unknown): boolean {
  if (!(error instanceof FanfareError)) return false;
  const { code, httpStatus } = error;
  return code === "NETWORK" || httpStatus === 429 || (httpStatus !== null && httpStatus >= 500);
}

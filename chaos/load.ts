import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Ledger } from "./ledger";
import { type Platform, Refusal } from "./platform";

export type Load = {
  /** Resolves with the time of the next acknowledgement of a request that is made after now. */
  nextAcknowledgement(): Promise<number>;
  /** Publishes nothing new, and resolves when nothing is under way. */
  stop(): Promise<void>;
};

export type LoadOptions = { customers: string[]; eventsPerSecond: number; ledger: Ledger };

const everyMs = 50;
const retryMs = 100;
/** One batch in this many is not tried again when no answer came: such events may exist or not. */
const forgottenOneIn = 10;
/** What a client tries again, with the same ids. */
const isTransient = (status: number) => status >= 500 || status === 429 || status === 503;

/**
 * Publishes small arrays at a steady pace, by each way in turn, and again with the same ids by the next one until they
 * are acknowledged.
 */
export function startLoad(ways: Platform[], { customers, eventsPerSecond, ledger }: LoadOptions): Load {
  const perBatch = Math.max(1, Math.round((eventsPerSecond * everyMs) / 1_000));
  const underWay = new Set<Promise<void>>();
  let waiting: { since: number; resolve: (at: number) => void }[] = [];
  let turn = 0;
  const timer = setInterval(() => {
    turn += 1;
    const publishing = publish(customers[turn % customers.length] ?? "");
    underWay.add(publishing);
    publishing.finally(() => underWay.delete(publishing));
  }, everyMs);
  return {
    nextAcknowledgement: () => new Promise((resolve) => waiting.push({ since: performance.now(), resolve })),
    async stop() {
      clearInterval(timer);
      await Promise.all(underWay);
    },
  };

  async function publish(customer: string): Promise<void> {
    const ids = Array.from({ length: perBatch }, () => randomUUID());
    for (const id of ids) ledger.entries.set(id, { id, customer, acknowledged: null });
    const events = ids.map((id) => ({
      customer_id: customer,
      type: "search_completed",
      id,
      data: { search_id: id, hit_count: turn },
    }));
    const isForgotten = Math.random() * forgottenOneIn < 1;
    for (let tries = turn; ; tries += 1) {
      const sentAt = performance.now();
      try {
        for (const { id, deliveries } of await wayOf(tries).publish(events))
          ledger.acknowledge(id, deliveries);
        announce(sentAt);
        return;
      } catch (error) {
        ledger.refuse(error instanceof Refusal ? String(error.status) : "no answer");
        if (error instanceof Refusal && !isTransient(error.status)) {
          ledger.contradictions.push(`A right request was refused with ${error.message}`);
          return;
        }
        if (isForgotten) return;
        await pause(retryMs);
      }
    }
  }

  function wayOf(turn: number): Platform {
    const way = ways[turn % ways.length];
    if (!way) throw new Error("There is no way to publish by.");
    return way;
  }

  function announce(sentAt: number): void {
    for (const { since, resolve } of waiting) if (sentAt > since) resolve(performance.now());
    waiting = waiting.filter(({ since }) => sentAt <= since);
  }
}

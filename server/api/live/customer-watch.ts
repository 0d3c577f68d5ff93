import { setTimeout as pause } from "node:timers/promises";
import type { Store } from "@/db/store";
import { createBell } from "./bell";

/** A notice of a commit may get lost with the connection that brings it; a look costs little. */
const slowPollMs = 1_000;

/** Looks take at most this share of the time, however many customers are watched. */
const lookShare = 1 / 20;

/** Watches the store for all customers that anybody follows: one question for all of them after a commit. */
export function watchCustomers(store: Store) {
  const alarms = new Map<string, () => void>();
  let isLooking = false;

  return {
    /** Calls back soon after each commit that changed a delivery of the customer. */
    begin(customerId: string, alarm: () => void): void {
      alarms.set(customerId, alarm);
      if (!isLooking) void lookWhileWatched();
    },
    end(customerId: string): void {
      alarms.delete(customerId);
    },
  };

  async function lookWhileWatched(): Promise<void> {
    isLooking = true;
    const bell = createBell();
    const stopListening = store.onChange(bell.ring);
    const poll = setInterval(bell.ring, slowPollMs);
    let since: string | null = null;
    while (alarms.size > 0) {
      const startedAt = performance.now();
      since = await look(since);
      await pause((performance.now() - startedAt) / lookShare);
      await bell.rung();
    }
    clearInterval(poll);
    stopListening();
    isLooking = false;
  }

  async function look(since: string | null): Promise<string | null> {
    try {
      const { customerIds, latest } = await store.listChangedCustomers([...alarms.keys()], since);
      for (const id of customerIds) alarms.get(id)?.();
      return latest;
    } catch {
      // Whoever follows asks the store too, and tells what is wrong with it. The next look is for this one as well.
      return since;
    }
  }
}

import { setImmediate as letOthersGo } from "node:timers/promises";
import type { Store } from "@/db/store";
import { maxHeartbeatAgeMs } from "@/domain/queue/heartbeat";
import { platformProcedure } from "../../trpc";
import { deliveryOverviewView, toDeliveryPauseView } from "../../views/platform";
import { isoTime } from "../../views/time";

const hourMs = 3_600_000;
const shownHours = 24;

/** How delivery goes over all customers, and who does it. */
export const getDeliveryOverview = platformProcedure.output(deliveryOverviewView).query(async ({ ctx }) => {
  const { store, clock, version, replica } = ctx.runtime;
  const totals = await store.countTotals();
  const pause = await store.findDeliveryPause();
  const workers = await store.listWorkers();
  const replicaState = replica?.() ?? null;
  return {
    version,
    pause: pause && toDeliveryPauseView(pause),
    customers: totals.customers,
    webhooks: totals.webhooks,
    open_breakers: totals.openBreakers,
    pending_count: totals.pending,
    oldest_due_age_ms: totals.oldestDueAgeMs,
    workers: workers.map(({ id, host, pid, heartbeatAgeMs }) => ({
      id,
      host,
      pid,
      beat_age_ms: Math.round(heartbeatAgeMs),
      is_alive: heartbeatAgeMs <= maxHeartbeatAgeMs,
    })),
    replica: replicaState && {
      in_use: replicaState.isUsed,
      lag_ms: replicaState.behindMs && Math.round(replicaState.behindMs),
    },
    hours: await listHours(store, clock()),
  };
});

/** An hour at a time: each takes as long as there are webhooks that delivered in it. */
async function listHours(store: Store, now: number) {
  const hours: { start: string; delivered: number; failed: number }[] = [];
  const latest = Math.floor(now / hourMs) * hourMs;
  for (let start = latest - (shownHours - 1) * hourMs; start <= latest; start += hourMs) {
    hours.push({ start: isoTime(start), ...(await store.countOutcomes(start)) });
    await letOthersGo();
  }
  return hours;
}

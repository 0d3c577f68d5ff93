import type { Attempt, Delivery } from "@/db/store";
import { notFound, unavailable } from "@/domain/errors";
import { maxHeartbeatAgeMs } from "@/domain/queue/heartbeat";
import type { Runtime } from "@/server/process/runtime";

/** A test waits for a slot before its attempt begins, and for its record after. */
const graceMs = 10_000;

/** How often a test asks whether its webhook and the worker are still there. */
const recheckMs = 1_000;

type FullDelivery = { delivery: Delivery; attempts: Attempt[] };
type Test = { customerId: string; webhookId: string; eventId: string };

/**
 * Waits for the change that ends a test, which lies after the position `after`. What nothing tells of, a lost worker or
 * a deleted webhook, is looked for, and so is an end that lies behind a flood of other changes. Null when it takes longer
 * than an attempt may, or the caller leaves. Throws `unavailable` without a worker, and 404 when the webhook is gone.
 */
export async function awaitTest(
  runtime: Runtime,
  test: Test,
  { after, signal }: { after: string; signal: AbortSignal | undefined },
): Promise<FullDelivery | null> {
  const { changes, env } = runtime;
  const deadline = AbortSignal.timeout(env.deliveryTimeoutMs + graceMs);
  const ends = signal ? AbortSignal.any([signal, deadline]) : deadline;
  const follower = changes.follow(test.customerId);
  let position = after;
  let isInFlight = false;
  let checkedAt = performance.now();
  try {
    while (!ends.aborted) {
      const page = await follower.next(position, { signal: ends, withinMs: recheckMs });
      position = page?.cursor ?? position;
      const told = page?.items.findLast(({ delivery }) => isOf(test, delivery))?.delivery;
      if (told && told.status !== "pending") return await findTest(runtime, test);
      isInFlight = told?.inFlight ?? isInFlight;
      if (performance.now() - checkedAt < recheckMs) continue;
      checkedAt = performance.now();
      const found = await findTest(runtime, test);
      if (found.delivery.status !== "pending") return found;
      if (!isInFlight) await requireWorker(runtime);
    }
  } finally {
    follower.leave();
  }
  return null;
}

/** Throws `unavailable` unless a worker was heard of lately: what is to be sent now would wait. */
export async function requireWorker({ store }: Runtime): Promise<void> {
  const workers = await store.listWorkers();
  if (workers.some(({ heartbeatAgeMs }) => heartbeatAgeMs <= maxHeartbeatAgeMs)) return;
  throw unavailable("No delivery worker is running, so nothing can be sent now.");
}

const isOf = (test: Test, { webhookId, eventId }: Delivery) =>
  webhookId === test.webhookId && eventId === test.eventId;

async function findTest({ store }: Runtime, { customerId, webhookId, eventId }: Test): Promise<FullDelivery> {
  const found = await store.getDelivery(customerId, webhookId, eventId);
  if (!found) throw notFound("webhook");
  return found;
}

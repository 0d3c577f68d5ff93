import type { z } from "zod";
import type { Attempt, Delivery, Store } from "@/db/store";
import type { Actor } from "@/domain/audit/actor";
import { badInput, notFound, tooMany, unavailable } from "@/domain/errors";
import { findEventType } from "@/domain/event/catalogue";
import { maxHeartbeatAgeMs } from "@/domain/queue/heartbeat";
import { isAway, type Listener } from "@/domain/webhook/listener";
import type { Runtime } from "@/server/process/runtime";
import { explainDelivery, hintOn } from "../../diagnosis/explain";
import { eventDataErrors } from "../../event-data";
import { type deliveryView, toDeliveryView } from "../../views/delivery";
import { toDiagnosisView, toExplanationView } from "../../views/diagnosis";

/** A test waits for a slot before its attempt begins, and for its record after. */
const graceMs = 10_000;

/** How often a test asks whether its webhook and the worker are still there. */
const recheckMs = 1_000;

type FullDelivery = { delivery: Delivery; attempts: Attempt[] };
type Test = { customerId: string; webhookId: string; eventId: string };

/** What is sent, and where to: to the webhook, or to a URL that is tried in its place. */
type Asked = { customerId: string; webhookId: string; type: string; data?: unknown; url?: string; by: Actor };

/**
 * Sends one test, of the catalogue's sample when it has no data, and answers its delivery with its diagnosis once the
 * single attempt ended. Refuses bad data, an unknown webhook and a sixth test at a time; throws `unavailable` without
 * a worker.
 */
export async function runTest(
  runtime: Runtime,
  asked: Asked,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof deliveryView>> {
  const { store } = runtime;
  const { customerId, webhookId, by } = asked;
  const content = contentOf(asked);
  const webhook = await store.getWebhook(customerId, webhookId);
  if (!webhook) throw notFound("webhook");
  if (webhook.listener && asked.url === undefined) requireProgram(webhook.listener, runtime.clock());
  else await requireWorker(runtime);
  const test = { customerId, webhookId, url: asked.url, ...content, eventId: runtime.newId() };
  const { cursor } = await store.listChanges(customerId, { after: null, limit: 1 });
  await createTest(store, test, by);
  const ended = await endOfTest(runtime, test, { after: cursor, signal });
  const diagnosis = await explainDelivery(store, customerId, ended);
  const hint = hintOn(ended);
  return {
    ...toDeliveryView(ended.delivery),
    diagnosis: diagnosis && toDiagnosisView(diagnosis),
    hint: hint && toExplanationView(hint),
  };
}

function contentOf({ type, data = findEventType(type)?.sample }: Asked) {
  const errors = eventDataErrors(type, data, []);
  if (errors.length > 0) throw badInput(errors);
  return { type, dataJson: JSON.stringify(data) };
}

async function requireWorker({ store }: Runtime): Promise<void> {
  const workers = await store.listWorkers();
  if (workers.some(({ heartbeatAgeMs }) => heartbeatAgeMs <= maxHeartbeatAgeMs)) return;
  throw unavailable("No delivery worker is running, so nothing can be sent now.");
}

function requireProgram(listener: Listener, now: number): void {
  if (!isAway(listener.heardAt, now)) return;
  throw unavailable(
    `Nobody listens as ${listener.name} now. Start \`npx fanfare-client listen\` there, and test again.`,
  );
}

async function createTest(store: Store, ...test: Parameters<Store["createTest"]>): Promise<void> {
  const created = await store.createTest(...test);
  if (created === "not_found") throw notFound("webhook");
  if (created === "too_many") throw tooMany("Five tests are running already. Wait for one to end.", 1);
}

/**
 * Waits for the change that ends the test. What nothing tells of, a lost worker or a deleted webhook, is looked for,
 * and so is an end that lies behind a flood of other changes.
 */
async function endOfTest(
  runtime: Runtime,
  test: Test,
  { after, signal }: { after: string; signal: AbortSignal | undefined },
): Promise<FullDelivery> {
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
  throw unavailable("The test has not ended yet. Its result will appear in the list of deliveries.");
}

const isOf = (test: Test, { webhookId, eventId }: Delivery) =>
  webhookId === test.webhookId && eventId === test.eventId;

async function findTest({ store }: Runtime, { customerId, webhookId, eventId }: Test): Promise<FullDelivery> {
  const found = await store.getDelivery(customerId, webhookId, eventId);
  if (!found) throw notFound("webhook");
  return found;
}

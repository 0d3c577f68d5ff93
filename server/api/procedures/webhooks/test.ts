import { z } from "zod";
import type { Delivery } from "@/db/store";
import { findEventType } from "@/server/domain/catalogue";
import { badInput, notFound, tooMany, unavailable } from "@/server/domain/errors";
import type { Runtime } from "@/server/runtime";
import { eventDataErrors } from "../../event-data";
import { eventType, webhookId } from "../../inputs";
import { storeChanges } from "../../store-changes";
import { changeProcedure } from "../../trpc";
import { deliveryView, toDeliveryView } from "../../views/delivery";

/** A worker says that it lives every second or so. */
const maxBeatAgeMs = 5_000;

/** A test waits for a slot before its attempt begins, and for its record after. */
const graceMs = 10_000;

/** Sends one test event and answers its delivery once the single attempt ended. */
export const testWebhook = changeProcedure
  .input(
    z.object({
      webhook_id: webhookId,
      event_type: eventType,
      data: z
        .unknown()
        .describe("Checked like a published one; the catalogue's sample when absent")
        .optional(),
    }),
  )
  .output(deliveryView)
  .mutation(async ({ ctx, input, signal }) => {
    const { store, newId } = ctx.runtime;
    const { event_type: type, data = findEventType(type)?.sample } = input;
    const errors = eventDataErrors(type, data, []);
    if (errors.length > 0) throw badInput(errors);
    const { customerId } = ctx;
    const webhookId = input.webhook_id;
    if (!(await store.getWebhook(customerId, webhookId))) throw notFound("webhook");
    await requireWorker(ctx.runtime);
    const eventId = newId();
    const dataJson = JSON.stringify(data);
    const test = { customerId, webhookId, eventId, type, dataJson };
    const created = await store.createTest(test);
    if (created === "not_found") throw notFound("webhook");
    if (created === "too_many") throw tooMany("Five tests are running already. Wait for one to end.", 1);
    return toDeliveryView(await endOfTest(ctx.runtime, test, signal));
  });

async function requireWorker({ store }: Runtime): Promise<void> {
  const workers = await store.listWorkers();
  if (workers.some(({ beatAgeMs }) => beatAgeMs <= maxBeatAgeMs)) return;
  throw unavailable("No delivery worker is running, so nothing can be sent now.");
}

async function endOfTest(
  runtime: Runtime,
  test: { customerId: string; webhookId: string; eventId: string },
  signal: AbortSignal | undefined,
): Promise<Delivery> {
  const { store, env } = runtime;
  const deadline = AbortSignal.timeout(env.deliveryTimeoutMs + graceMs);
  const ends = signal ? AbortSignal.any([signal, deadline]) : deadline;
  for await (const _ of storeChanges(store, { signal: ends, gapMs: 0 })) {
    const found = await store.getDelivery(test.customerId, test.webhookId, test.eventId);
    if (!found) throw notFound("webhook");
    if (found.delivery.status !== "pending") return found.delivery;
    if (!found.delivery.inFlight) await requireWorker(runtime);
  }
  throw unavailable("The test has not ended yet. Its result will appear in the list of deliveries.");
}

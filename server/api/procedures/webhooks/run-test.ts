import type { z } from "zod";
import type { Store } from "@/db/store";
import type { Actor } from "@/domain/audit/actor";
import { badInput, notFound, tooMany, unavailable } from "@/domain/errors";
import { findEventType } from "@/domain/event/catalogue";
import { isAway, type Listener } from "@/domain/webhook/listener";
import type { Runtime } from "@/server/process/runtime";
import { explainDelivery, hintOn } from "../../diagnosis/explain";
import { eventDataErrors } from "../../event-data";
import { type deliveryView, toDeliveryView } from "../../views/delivery";
import { toDiagnosisView, toExplanationView } from "../../views/diagnosis";
import { awaitTest, requireWorker } from "./await-test";

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
  const ended = await awaitTest(runtime, test, { after: cursor, signal });
  if (!ended) throw unavailable(notYet);
  const diagnosis = await explainDelivery(store, customerId, ended);
  const hint = hintOn(ended);
  return {
    ...toDeliveryView(ended.delivery),
    diagnosis: diagnosis && toDiagnosisView(diagnosis),
    hint: hint && toExplanationView(hint),
  };
}

const notYet = "The test has not ended yet. Its result will appear in the list of deliveries.";

function contentOf({ type, data = findEventType(type)?.sample }: Asked) {
  const errors = eventDataErrors(type, data, []);
  if (errors.length > 0) throw badInput(errors);
  return { type, dataJson: JSON.stringify(data) };
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

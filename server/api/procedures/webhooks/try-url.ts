import { z } from "zod";
import type { Store, Webhook } from "@/db/store";
import type { Actor } from "@/domain/audit/actor";
import { badInput, conflict, notFound } from "@/domain/errors";
import { findEventType, typeForTest } from "@/domain/event/catalogue";
import { eventType, webhookId } from "../../inputs";
import { changeProcedure } from "../../trpc";
import { deliveryView } from "../../views/delivery";
import { webhookUrl } from "./fields";
import { runTest } from "./run-test";

/**
 * Sends a test to another URL, and makes it the webhook's only when that was answered with 2xx. What comes of the test
 * says nothing about the webhook until then: no delivery goes to a URL that has not taken one.
 */
export const tryUrl = changeProcedure
  .input(
    z.strictObject({
      webhook_id: webhookId,
      webhook_url: webhookUrl,
      event_type: eventType.describe("Of the test; one that the webhook receives when absent").optional(),
    }),
  )
  .output(
    z.object({
      is_taken: z.boolean().describe("Whether it is the webhook's URL now: it answered with 2xx"),
      previous_url: z.string(),
      delivery: deliveryView.describe("The test, with its diagnosis when it failed"),
    }),
  )
  .mutation(async ({ ctx: { runtime, customerId, by }, input, signal }) => {
    const { store } = runtime;
    const { webhook_id: webhookId, webhook_url: url } = input;
    const webhook = await store.getWebhook(customerId, webhookId);
    if (!webhook) throw notFound("webhook");
    if (webhook.listener) throw conflict("listener", "A listener has no URL that another one could replace.");
    const type = input.event_type ?? typeForTest(webhook.events);
    if (carriesSecrets(webhook, url)) throw refused;
    const delivery = await runTest(runtime, { customerId, webhookId, type, url, by }, signal);
    const isTaken = delivery.status === "delivered";
    if (isTaken) await take(store, { customerId, webhookId, url, before: webhook.url }, by);
    if (isTaken) await confirm(store, { customerId, webhookId, type, eventId: runtime.newId() }, by);
    return { is_taken: isTaken, previous_url: webhook.url, delivery };
  });

type Taken = { customerId: string; webhookId: string; url: string; before: string };

async function take(store: Store, { customerId, webhookId, url, before }: Taken, by: Actor): Promise<void> {
  const now = await store.getWebhook(customerId, webhookId);
  if (!now) throw notFound("webhook");
  if (now.url !== before) throw conflict("url_changed", "Somebody else changed the URL meanwhile.");
  if ((await store.updateWebhook(customerId, webhookId, { url }, by)) === "no_header_value") throw refused;
}

/** Whether the test would tell another origin what only the webhook's own may know. */
const carriesSecrets = ({ headers, url: own }: Webhook, url: string) =>
  headers.some(({ isSecret }) => isSecret) && new URL(url).origin !== new URL(own).origin;

const refused = badInput([
  {
    path: ["webhook_url"],
    message:
      "The webhook has secret headers, whose values are kept for the same origin only. Change the URL in its settings, with these values.",
    code: "custom",
  },
]);

/**
 * A test of the webhook as it is now, for which nobody waits: it says that the webhook works again. Where five are
 * running already, the next delivery says so.
 */
async function confirm(
  store: Store,
  test: { customerId: string; webhookId: string; type: string; eventId: string },
  by: Actor,
): Promise<void> {
  await store.createTest({ ...test, dataJson: JSON.stringify(findEventType(test.type)?.sample) }, by);
}

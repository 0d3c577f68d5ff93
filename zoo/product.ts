import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { platformOf } from "@/chaos/platform";
import { startProduct } from "@/chaos/running-product";
import { openStore } from "@/db/open";
import type { Store } from "@/db/store";
import type { Evidence } from "@/domain/diagnosis/evidence";
import { evidenceOf } from "./evidence";
import type { Situation } from "./situation";

/** The built product, and what it has on record. */
export type Product = {
  /** Delivers to a new webhook, as often as the situation wants; answers what is known of the last attempt. */
  deliver(url: string, situation: Situation): Promise<Evidence>;
  close(): Promise<void>;
};

/** One deadline for each attempt: slow receivers are slower. */
export const deliveryTimeoutMs = 10_000;

const eventType = "search_completed";

/** Starts the product with its data in `folder`, so that it trusts the authority in `caFile` and calls loopback. */
export async function openProduct(folder: string, caFile: string): Promise<Product> {
  const key = `fp_${randomBytes(24).toString("hex")}`;
  const dataDir = join(folder, "data");
  const running = await startProduct({
    entries: "dist",
    dataDir,
    workers: 1,
    logFile: join(folder, "log"),
    settings: {
      PLATFORM_API_KEY: key,
      NODE_EXTRA_CA_CERTS: caFile,
      DELIVERY_ALLOW_CIDRS: "127.0.0.0/8,::1/128",
      DELIVERY_TIMEOUT: `${deliveryTimeoutMs / 1_000}s`,
      RETRY_SCHEDULE: "1d", // what is sent again is asked for
    },
  });
  const platform = platformOf(running.url, key);
  const { store } = await openStore({ dataDir });

  /** Answers the event's id. */
  async function sendTest(customerId: string, webhookId: string, data: object): Promise<string> {
    const test = { event_type: eventType, data };
    const delivery = await platform.call("POST", `/webhooks/${webhookId}/test`, test, customerId);
    return (delivery as { id: string }).id;
  }

  async function sendOften(
    customerId: string,
    webhookId: string,
    data: object,
    times: number,
  ): Promise<string> {
    const [event] = await platform.publish([{ customer_id: customerId, type: eventType, data }]);
    const eventId = event?.id ?? "";
    for (let number = 1; number <= times; number += 1) {
      if (number > 1)
        await platform.call("POST", `/webhooks/${webhookId}/events/${eventId}/redeliver`, {}, customerId);
      await attempted(store, { customerId, webhookId, eventId }, number);
    }
    return eventId;
  }

  return {
    async deliver(url, situation) {
      const { secret = "a secret of the zoo", attempts } = situation;
      const customerId = await platform.addCustomer(situation.name);
      const webhook = { webhook_url: url, events: [eventType], ...(secret !== null && { secret }) };
      const webhookId = await platform.addWebhook(customerId, webhook);
      const data = dataOf(situation);
      const eventId =
        attempts === undefined
          ? await sendTest(customerId, webhookId, data)
          : await sendOften(customerId, webhookId, data, attempts);
      return evidenceOf(await found(store, { customerId, webhookId, eventId }));
    },
    async close() {
      await store.close();
      await running.stop();
    },
  };
}

function dataOf({ bodyBytes }: Situation): object {
  const data = { search_id: "0193a6f2-7c1e-7b3a-9d54-2f8e6a1c0b47", hit_count: 2 };
  return bodyBytes === undefined ? data : { ...data, note: "x".repeat(bodyBytes) };
}

type Named = { customerId: string; webhookId: string; eventId: string };

async function attempted(store: Store, named: Named, number: number): Promise<void> {
  for (let waitedMs = 0; waitedMs < deliveryTimeoutMs + 10_000; waitedMs += 25) {
    const { delivery } = await found(store, named);
    if (delivery.attemptCount >= number && !delivery.inFlight) return;
    await pause(25);
  }
  throw new Error(`Attempt ${number} was not made.`);
}

async function found(store: Store, { customerId, webhookId, eventId }: Named) {
  const delivery = await store.getDelivery(customerId, webhookId, eventId);
  if (!delivery) throw new Error("The delivery is not on record.");
  return delivery;
}

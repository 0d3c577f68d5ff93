import type { Webhook } from "@/db/store";
import { healthSince, type RecentHealth, recentHealth } from "@/domain/webhook/recent-health";
import type { Runtime } from "@/server/process/runtime";
import { toWebhookView } from "./views/webhook";

type Shown = ReturnType<typeof toWebhookView>;

/** Webhooks of one customer as the API shows them, which takes how each of them fared lately. */
export async function showWebhooks(runtime: Runtime, webhooks: Webhook[]): Promise<Shown[]> {
  const healths = await recentHealths(runtime, webhooks);
  return webhooks.map((webhook) => toWebhookView(webhook, healths(webhook), runtime.clock()));
}

export async function showWebhook(runtime: Runtime, webhook: Webhook): Promise<Shown> {
  const healths = await recentHealths(runtime, [webhook]);
  return toWebhookView(webhook, healths(webhook), runtime.clock());
}

/** How webhooks of one customer fare, from the minutes of the last hour or so. */
export async function recentHealths(
  { store, clock }: Pick<Runtime, "store" | "clock">,
  [first]: Webhook[],
): Promise<(webhook: Webhook) => RecentHealth> {
  const now = clock();
  const rollups = first ? await store.listRollups(first.customerId, healthSince(now), "minute") : [];
  return (webhook) => {
    const own = rollups.filter(({ webhookId }) => webhookId === webhook.id);
    const minutes = own.map(({ start, rollup: { delivered, failed } }) => ({ start, delivered, failed }));
    const health = recentHealth(webhook, minutes, now);
    // Who works on what a listener forwards to sees what fails, and wakes nobody.
    return webhook.listener === null ? health : { ...health, state: "healthy", since: null };
  };
}

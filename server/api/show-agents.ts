import type { ApiKey, Subscription } from "@/db/store";
import type { Runtime } from "@/server/process/runtime";
import { explainLast } from "./diagnosis/explain";
import { recentHealths } from "./show-webhooks";
import { toAgentView } from "./views/agent";

type Shown = ReturnType<typeof toAgentView>;

/** A customer's subscriptions as the API shows them, with whose they are and how each of them fared lately. */
export async function showAgents(
  runtime: Runtime,
  customerId: string,
  subscriptions: Subscription[],
): Promise<Shown[]> {
  if (subscriptions.length === 0) return [];
  const keys = await runtime.store.listApiKeys(customerId);
  const audiences = new Set(subscriptions.map(({ webhook }) => webhook.customerId));
  const shown = await Promise.all(
    [...audiences].map((id) => {
      const own = subscriptions.filter(({ webhook }) => webhook.customerId === id);
      return showAudience(runtime, own, keys);
    }),
  );
  const views = new Map(shown.flat().map((view) => [view.id, view]));
  return subscriptions.flatMap(({ id }) => views.get(id) ?? []);
}

/** The subscriptions of one audience, which to the engine is a customer. */
async function showAudience(
  runtime: Runtime,
  subscriptions: Subscription[],
  keys: ApiKey[],
): Promise<Shown[]> {
  const webhooks = subscriptions.map(({ webhook }) => webhook);
  const healthOf = await recentHealths(runtime, webhooks);
  return subscriptions.map((subscription) =>
    toAgentView(subscription, {
      key: keys.find(({ id }) => id === subscription.principalId),
      health: healthOf(subscription.webhook),
      failure: explainLast(subscription.webhook),
    }),
  );
}

import type { Store } from "@/db/store";
import { audienceIds } from "@/domain/agent/audience";
import type { Model } from "./model/state";

const hourMs = 60 * 60_000;
const pageSize = 50;

/** Reads what people can see of everything that the model knows, for the tape. */
export async function lookAround(store: Store, model: Model, now: number): Promise<void> {
  for (const { id } of model.customers.values()) {
    await store.findCustomer(id);
    await store.listSubscriptions(id);
    for (const audience of audienceIds(id)) {
      await store.listDeliveries(audience, { content: true, pageSize });
      await store.getBalance(audience);
    }
    await store.listWebhooks(id);
    await store.listDeliveries(id, { content: true, pageSize });
    await store.listDeliveries(id, { status: "pending", content: false, pageSize });
    await store.listEvents(id, { pageSize });
    await store.countEventTypes(id, 0);
    await store.listRollups(id, now - 25 * hourMs, "minute");
    await store.listRollups(id, 0, "hour");
  }
  for (const { id, customer } of model.agents.values()) {
    await store.getSubscription(customer.id, id);
  }
  for (const { id, customer } of model.hooks.values()) {
    await store.getWebhook(customer.id, id);
    await store.getSecrets(customer.id, id);
    await store.listRefusals(customer.id, id);
    for (const incident of await store.listIncidents(customer.id, id))
      await store.getIncident(customer.id, id, incident.id);
    await store.listRecoveries(customer.id, { webhookId: id });
    const range = { since: 0, until: null, include: ["failed" as const, "missed" as const] };
    await store.countRecoverable(customer.id, id, range);
  }
  for (const { hook, event } of model.deliveries.values()) {
    await store.getDelivery(hook.customer.id, hook.id, event.id);
    await store.getEvent(hook.customer.id, event.id);
    await store.traceForAgents(hook.customer.id, event.id);
  }
  await store.countTotals();
}

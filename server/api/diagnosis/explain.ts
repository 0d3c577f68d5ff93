import type { Attempt, Delivery, Store, Webhook } from "@/db/store";
import { customerOfAudience } from "@/domain/agent/audience";
import { type Diagnosis, diagnose, type Explanation } from "@/domain/diagnosis/diagnose";
import { diagnoseAgent } from "@/domain/diagnosis/diagnose-agent";
import type { OtherDelivery } from "@/domain/diagnosis/evidence";
import { hintOf } from "@/domain/diagnosis/hints";
import { evidenceOf, othersOf } from "./evidence";

/** Other deliveries of the webhook that an explanation compares with. */
const comparedDeliveries = 30;

type FullDelivery = { delivery: Delivery; attempts: Attempt[] };

/**
 * Why the latest attempt of a delivery failed; null when it did not, or the delivery was cancelled. `attempts` are the
 * newest first. The customer may be an audience of agents.
 */
export async function explainDelivery(
  store: Store,
  customerId: string,
  { delivery, attempts }: FullDelivery,
): Promise<Diagnosis | null> {
  if (delivery.error === null || delivery.status === "cancelled") return null;
  const latest = attempts[0]?.error ?? null;
  const error = latest?.code === delivery.error.code ? latest : delivery.error;
  if (customerOfAudience(customerId) !== null)
    return diagnoseAgent(evidenceOf(delivery, attempts, error, null));
  const webhook = await store.getWebhook(customerId, delivery.webhookId);
  const others = delivery.triedUrl === null ? await listOthers(store, customerId, delivery) : [];
  return diagnose(evidenceOf(delivery, attempts, error, webhook, others));
}

/** What the row of a webhook, or of an agent's, tells of its last attempt; null when that did not fail. */
export function explainLast(webhook: Webhook): Diagnosis | null {
  const { lastError, lastAttemptOk, lastStatusCode } = webhook;
  if (lastAttemptOk !== false) return null;
  const row = evidenceOf({ eventType: "", isTest: false }, [], lastError, webhook);
  const evidence = { ...row, statusCode: lastStatusCode };
  return customerOfAudience(webhook.customerId) === null ? diagnose(evidence) : diagnoseAgent(evidence);
}

/** What is odd about an answer that counts as delivered, and looks as if nobody handled it; null when nothing is. */
export function hintOn({ delivery, attempts }: FullDelivery): Explanation | null {
  return delivery.status === "delivered" ? hintOf(evidenceOf(delivery, attempts, null, null)) : null;
}

/** Deliveries of the same webhook that were attempted at its URL, without this one. */
async function listOthers(
  store: Store,
  customerId: string,
  { webhookId, eventId }: Pick<Delivery, "webhookId" | "eventId">,
): Promise<OtherDelivery[]> {
  const page = await store.listDeliveries(customerId, {
    webhookId,
    content: true,
    pageSize: comparedDeliveries,
  });
  return othersOf((page?.items ?? []).filter((each) => each.eventId !== eventId && each.triedUrl === null));
}

import type { DeliveryStatus } from "@/domain/delivery/decide";
import type { Skipped } from "@/domain/event/fan-out";
import type { Event, Outcomes, Trace } from "../store";

type Row = {
  id: string;
  type: string;
  createdAt: number;
  payload: string;
  deliveries: number;
  isTest: boolean;
};

export function toEvent({ event, customerId }: { event: Row; customerId: string }): Event {
  const { id, type, createdAt, payload, deliveries, isTest } = event;
  return { id, customerId, type, createdAt, payload, deliveries, isTest };
}

/** Of a webhook without a delivery of the event: why there is none. */
export function skippedTrace(
  event: { key: number; skipped: Skipped[] },
  webhook: { key: number; id: string; url: string; afterEvent: number },
): Trace {
  const [, mark, why = null] = event.skipped.find(([key]) => key === webhook.key) ?? [];
  const reason = mark ?? (event.key <= webhook.afterEvent ? "created_later" : "pruned");
  return {
    webhookId: webhook.id,
    webhookUrl: webhook.url,
    delivery: null,
    reason: reason === "recovered" ? "pruned" : reason,
    why,
  };
}

/** How the deliveries of each event stand. */
export function tally(rows: { eventKey: number; status: DeliveryStatus }[]): Map<number, Outcomes> {
  const byEvent = new Map<number, Outcomes>();
  for (const { eventKey, status } of rows) {
    const outcomes = byEvent.get(eventKey) ?? {};
    outcomes[status] = (outcomes[status] ?? 0) + 1;
    byEvent.set(eventKey, outcomes);
  }
  return byEvent;
}

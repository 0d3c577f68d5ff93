import type { Delivery } from "../fanfare";
import { coloured, printFacts, say, toneOf, when } from "../output";

/** How it stands, and why, for people. */
export function printDelivery(delivery: Delivery): void {
  const { diagnosis, response, error } = delivery;
  printFacts([
    ["event", delivery.id],
    ["type", delivery.event_type],
    ["webhook", delivery.webhook_id],
    ["status", coloured(toneOf(delivery.status), statusOf(delivery))],
    ["accepted", when(delivery.timestamp)],
    ["attempts", String(delivery.attempt_count)],
    ["next attempt", delivery.next_attempt_at && when(delivery.next_attempt_at)],
    ["error", error && `${error.code}: ${error.message}`],
    ["answer", response?.body ? oneLine(response.body) : null],
    ["why", diagnosis?.meaning ?? null],
    ["do", diagnosis?.next_step ?? null],
  ]);
  if (delivery.request) say(`\n${delivery.request.payload}`);
}

/** With what was answered, or what it waits for. */
export function statusOf({
  status,
  status_code,
  error,
  held,
}: Pick<Delivery, "status" | "status_code" | "error" | "held">): string {
  const more = status === "pending" ? held : (status_code ?? error?.code);
  return more ? `${status} (${more})` : status;
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, " ").slice(0, 200);

import type { Delivery } from "./types";

/** What a list shows in one row: a delivery, or the many of one webhook that wait for the same thing. */
export type ListRow =
  | { kind: "delivery"; delivery: Delivery }
  | { kind: "held"; webhookId: string; deliveries: Delivery[] };

/** Fewer than these are as fast to look through as to unfold. */
const fewest = 6;

/**
 * The rows of a list in which what a webhook holds is one row, where its newest one stands, unless that webhook's are
 * `unfolded`: they all wait for one thing, and would hide what happens otherwise.
 */
export function foldHeld(deliveries: Delivery[], unfolded: ReadonlySet<string>): ListRow[] {
  const held = new Map<string, Delivery[]>();
  for (const delivery of deliveries.filter(isHeldByWebhook)) {
    const together = held.get(delivery.webhook_id);
    if (together) together.push(delivery);
    else held.set(delivery.webhook_id, [delivery]);
  }
  return deliveries.flatMap((delivery): ListRow[] => {
    const { webhook_id: webhookId } = delivery;
    const together = held.get(webhookId) ?? [];
    if (!isHeldByWebhook(delivery) || together.length < fewest) return [{ kind: "delivery", delivery }];
    const first =
      together[0] === delivery ? [{ kind: "held" as const, webhookId, deliveries: together }] : [];
    return unfolded.has(webhookId) ? [...first, { kind: "delivery", delivery }] : first;
  });
}

/** Not by its own content, and not by how many are under way. */
const isHeldByWebhook = ({ held }: Delivery) => held !== null && held !== "set_aside" && held !== "limit";

import { Ban, CircleCheck, CircleDashed, CircleSlash, CircleX } from "lucide-react";
import type { State } from "@/app/_components/status/states";
import type { ListedEvent } from "./types";

const states = {
  unmatched: { label: "No webhook", tone: "off", icon: CircleSlash },
  failed: { label: "Failed", tone: "bad", icon: CircleX },
  pending: { label: "Waiting", tone: "warn", icon: CircleDashed },
  delivered: { label: "Delivered", tone: "ok", icon: CircleCheck },
  cancelled: { label: "Cancelled", tone: "off", icon: Ban },
  pruned: { label: "Pruned", tone: "off", icon: CircleSlash },
} satisfies Record<string, State>;

/** How an event fares, by the worst of its deliveries to webhooks, and in words how many stand how. */
export function outcomeOf({ deliveries, outcomes }: Pick<ListedEvent, "deliveries" | "outcomes">): {
  state: State;
  words: string;
} {
  const inOrder = (["failed", "pending", "delivered", "cancelled"] as const).filter(
    (status) => outcomes[status],
  );
  const [worst] = inOrder;
  if (worst) {
    const words = inOrder.map((status) => `${outcomes[status]} ${states[status].label.toLowerCase()}`);
    return { state: states[worst], words: words.join(" · ") };
  }
  if (deliveries === 0) return { state: states.unmatched, words: "To no webhook" };
  const word = deliveries === 1 ? "delivery" : "deliveries";
  return { state: states.pruned, words: `${deliveries} ${word}, no longer kept` };
}

/** Of an event of a customer without webhooks, to how many agents it was sent. */
export function agentsAloneWords(agents: { delivery: { attempt_count: number } | null }[]): string {
  const count = agents.filter(({ delivery }) => delivery && delivery.attempt_count > 0).length;
  if (count === 0) return "There is no webhook.";
  return `There is no webhook; ${count} ${count === 1 ? "agent was" : "agents were"} sent it.`;
}

import { StateBadge } from "@/app/_components/status/state-badge";
import { lookOf } from "@/app/_components/status/webhook-state";
import type { Agent } from "./types";

/** How an agent fares, as the badge that a webhook would have. */
export function AgentState({ agent: { health } }: { agent: Pick<Agent, "health"> }) {
  return <StateBadge state={lookOf({ is_active: true, health, listener: null })} />;
}

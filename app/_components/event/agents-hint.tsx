"use client";

import { useHasAgents } from "@/app/_components/session/use-has-agents";

/** Where to see what agents were sent: a list of events knows of webhooks alone. */
export function AgentsHint() {
  return useHasAgents() && <span>What agents were sent is on each event's page.</span>;
}

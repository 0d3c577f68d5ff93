"use client";

import { trpc } from "@/app/_trpc/client";
import { useSession } from "./session-provider";

/** Whether any agent is subscribed: as it was when the page came, or as the list said since. */
export function useHasAgents(): boolean {
  const { has_agents } = useSession();
  const { data: agents } = trpc.agents.list.useQuery(undefined, { enabled: false });
  return agents ? agents.length > 0 : has_agents;
}

"use client";

import { X } from "lucide-react";
import dynamic from "next/dynamic";
import { DeliveryViewSkeleton } from "@/app/_components/delivery/delivery-view-skeleton";
import { useSession } from "@/app/_components/session/session-provider";
import { Button } from "@/app/_components/ui/button";
import { loadAhead } from "@/app/_components/ui/load-ahead";
import { Sheet } from "@/app/_components/ui/sheet";
import { orReload } from "@/app/_components/upgrade/or-reload";
import { useUrlState } from "@/app/_components/url/use-url-state";
import type { Agent } from "./types";

const load = () => import("./agent-view").then((m) => m.AgentView);
loadAhead(load);
const AgentView = dynamic(() => orReload(load()), {
  ssr: false,
  loading: () => (
    <div className="p-5">
      <DeliveryViewSkeleton />
    </div>
  ),
});

/** The agent that the URL names, beside the list. */
export function AgentDrawer({ agents, onEnd }: { agents: Agent[]; onEnd: (agent: Agent) => void }) {
  const { mayChange } = useSession();
  const { get, replace } = useUrlState();
  const agent = agents.find(({ id }) => id === get("agent"));
  const close = () => replace({ agent: null, delivery: null, attempt: null });
  return (
    <Sheet open={agent !== undefined} onOpenChange={(open) => !open && close()} title="Agent">
      {agent && (
        <AgentView
          key={agent.id}
          agent={agent}
          controls={
            <>
              {mayChange && (
                <Button size="small" onClick={() => onEnd(agent)}>
                  Disconnect…
                </Button>
              )}
              <Button look="quiet" size="icon" aria-label="Close" onClick={close}>
                <X aria-hidden className="size-4" />
              </Button>
            </>
          }
        />
      )}
    </Sheet>
  );
}

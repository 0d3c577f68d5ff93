"use client";

import type { ReactNode } from "react";
import { CauseLink } from "@/app/_components/diagnosis/cause-link";
import { AgentDeliveries } from "./agent-deliveries";
import { AgentFacts } from "./agent-facts";
import { AgentState } from "./agent-state";
import { agentName } from "./agent-words";
import type { Agent } from "./types";

/** All of one agent: what it asked for, why it fails, and what it was sent. */
export function AgentView({ agent, controls }: { agent: Agent; controls: ReactNode }) {
  const { failure } = agent;
  return (
    <div className="flex min-h-0 grow flex-col">
      <header className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 px-4 pt-3.5 pb-3 sm:px-5">
        <AgentState agent={agent} />
        <h2 translate="no" className="font-semibold wrap-anywhere">
          {agentName(agent)}
        </h2>
        <span className="ml-auto flex items-center gap-x-2">{controls}</span>
      </header>
      <div className="grid min-h-0 grow grid-cols-[minmax(0,1fr)] content-start gap-4 overflow-y-auto px-4 pb-6 sm:px-5">
        <AgentFacts agent={agent} />
        {failure && (
          <section aria-label="Why it fails" className="rounded-[10px] bg-bad-ground px-4 py-3 wrap-anywhere">
            <b className="font-semibold">{failure.meaning}</b> <span>{failure.next_step}</span>{" "}
            <CauseLink code={failure.code} />
          </section>
        )}
        <AgentDeliveries agentId={agent.id} />
      </div>
    </div>
  );
}

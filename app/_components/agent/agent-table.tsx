"use client";

import { useListKeys } from "@/app/_components/keyboard/use-list-keys";
import { useSession } from "@/app/_components/session/session-provider";
import { HeadCell, Table } from "@/app/_components/ui/table";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { AgentRow } from "./agent-row";
import type { Agent } from "./types";

/** Agents as rows of one height, so that news of one moves no other. */
export function AgentTable({ agents, onEnd }: { agents: Agent[]; onEnd: (agent: Agent) => void }) {
  const { mayChange } = useSession();
  const { get } = useUrlState();
  const listRef = useListKeys();
  return (
    <div ref={listRef}>
      <Table label="Agents" className="table-fixed">
        <thead>
          <tr>
            <HeadCell className="md:w-[26%]">Agent</HeadCell>
            <HeadCell className="hidden md:table-cell">Asks for</HeadCell>
            <HeadCell className="hidden w-[20%] sm:table-cell">Health</HeadCell>
            <HeadCell className="hidden w-28 lg:table-cell">Last delivered</HeadCell>
            <HeadCell className="hidden w-32 sm:table-cell">Ends</HeadCell>
            {mayChange && (
              <HeadCell className="w-32">
                <span className="sr-only">Actions</span>
              </HeadCell>
            )}
          </tr>
        </thead>
        <tbody>
          {agents.map((agent) => (
            <AgentRow
              key={agent.id}
              agent={agent}
              isOpen={agent.id === get("agent")}
              onEnd={mayChange ? () => onEnd(agent) : null}
            />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

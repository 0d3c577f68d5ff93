"use client";

import { useState } from "react";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Problem } from "@/app/_components/ui/problem";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { trpc } from "@/app/_trpc/client";
import { shownError } from "@/app/_trpc/shown-error";
import { agentLimits } from "@/domain/limits";
import { AgentDrawer } from "./agent-drawer";
import { AgentTable } from "./agent-table";
import { ConnectDialog } from "./connect/connect-dialog";
import { DisconnectDialog } from "./disconnect-dialog";
import { NoAgents } from "./no-agents";
import type { Agent } from "./types";

/** Nothing tells a page of what agents do, so an open one asks. */
const refreshMs = 4_000;

/** What agents subscribed to: who, to what, until when, and how each fares. */
export function Agents() {
  const {
    data: agents,
    error: failure,
    refetch,
  } = trpc.agents.list.useQuery(undefined, { refetchInterval: refreshMs });
  const error = shownError(failure, agents);
  const [ending, setEnding] = useState<Agent | null>(null);
  return (
    <>
      <PageHeader
        title="Agents"
        beside={agents && agents.length > 0 ? `${agents.length} of ${agentLimits.perCustomer}` : undefined}
      >
        <ConnectDialog />
      </PageHeader>
      {error ? (
        <Problem message={error.message} onRetry={() => void refetch()} />
      ) : !agents ? (
        <Skeleton className="h-28 w-full rounded-[10px]" />
      ) : agents.length === 0 ? (
        <NoAgents />
      ) : (
        <AgentTable agents={agents} onEnd={setEnding} />
      )}
      <AgentDrawer agents={agents ?? []} onEnd={setEnding} />
      <DisconnectDialog agent={ending} onClose={() => setEnding(null)} />
    </>
  );
}

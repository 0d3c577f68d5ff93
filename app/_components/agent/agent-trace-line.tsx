import Link from "next/link";
import { TracedDelivery } from "@/app/_components/status/traced-delivery";
import type { Outputs } from "@/app/_trpc/client";
import { agentName, hostOf } from "./agent-words";

type Trace = Outputs["events"]["get"]["agents"][number];

/** One agent and what it got of an event, or why it got nothing. */
export function AgentTraceLine({ trace }: { trace: Trace }) {
  const { agent_id, delivery, why } = trace;
  const query = new URLSearchParams({ agent: agent_id, ...(delivery && { delivery: delivery.id }) });
  return (
    <li className="relative flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2.5 last:border-b-0 hover:bg-hover">
      <div className="min-w-0 grow basis-60">
        <Link
          href={`/dashboard/agents?${query}`}
          translate="no"
          className="font-medium wrap-anywhere -outline-offset-2 after:absolute after:inset-0"
        >
          {agentName(trace)}
        </Link>{" "}
        {trace.client && (
          <span translate="no" className="mono text-sm text-muted">
            {hostOf(trace)}
          </span>
        )}
        {why && <p className="text-sm text-muted wrap-anywhere">{`Not sent to this agent: ${why}.`}</p>}
      </div>
      {delivery && <TracedDelivery delivery={delivery} />}
    </li>
  );
}

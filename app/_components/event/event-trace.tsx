"use client";

import Link from "next/link";
import { useRef } from "react";
import { AgentTraceLine } from "@/app/_components/agent/agent-trace-line";
import { Payload } from "@/app/_components/delivery/payload";
import { useLiveDeliveries } from "@/app/_components/live/live-provider";
import { soughtValue } from "@/app/_components/search/hit-line";
import { useHighlight } from "@/app/_components/search/use-highlight";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Chip } from "@/app/_components/ui/chip";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Problem } from "@/app/_components/ui/problem";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { type Outputs, trpc } from "@/app/_trpc/client";
import { shownError } from "@/app/_trpc/shown-error";
import { agentsAloneWords } from "./event-outcome";
import { TraceLine } from "./trace-line";

/** What is sent to agents is no news of the live stream. */
const agentsRefreshMs = 4_000;

/** What became of one event: for every webhook and agent its delivery, or the reason why there is none. */
export function EventTrace({ initial }: { initial: Outputs["events"]["get"] }) {
  const eventId = initial.id;
  const input = { event_id: eventId, details: true };
  const {
    data: event,
    error: failure,
    refetch,
  } = trpc.events.get.useQuery(input, {
    initialData: initial,
    refetchInterval: ({ state }) => isOnItsWay(state.data ?? initial) && agentsRefreshMs,
  });
  const utils = trpc.useUtils();
  const { get } = useUrlState();
  const dataRef = useRef<HTMLDivElement>(null);
  useHighlight(dataRef, soughtValue(get("q")));
  useLiveDeliveries((delivery) => {
    if (delivery.id === eventId) void utils.events.get.invalidate(input);
  });
  const error = shownError(failure, event);
  if (error) return <Problem message={error.message} onRetry={() => void refetch()} />;
  return (
    <div className="max-w-4xl">
      <nav aria-label="Breadcrumb" className="mb-1.5 text-muted">
        <Link href="/dashboard/events" className="hover:text-ink hover:underline">
          Events
        </Link>
        <span aria-hidden className="text-faint">
          {" / "}
        </span>
        <span>Event</span>
      </nav>
      <header className="mb-4">
        <h1
          translate="no"
          className="flex flex-wrap items-center gap-2 font-mono text-[1.0625rem] leading-6 wrap-anywhere"
        >
          <span>{event.type}</span> {event.is_test && <Chip>test</Chip>}
        </h1>
        <p className="flex flex-wrap items-center gap-x-1.5 text-muted">
          <span translate="no" className="mono wrap-anywhere">
            {event.id}
          </span>
          <CopyButton text={event.id} label="Copy the event id" />
          <span>accepted</span> <RelativeTime at={event.created_at} />
        </p>
      </header>
      <h2 className="mb-2">What became of it</h2>
      {event.webhooks.length === 0 && event.agents.length > 0 && (
        <p className="mb-4 text-muted">{agentsAloneWords(event.agents)}</p>
      )}
      {event.webhooks.length === 0 && event.agents.length === 0 && (
        <div className="mb-6">
          <EmptyState title="There is no webhook">
            <p>A webhook made now can still recover this event as missed.</p>
          </EmptyState>
        </div>
      )}
      {event.webhooks.length > 0 && (
        <ul className="mb-6 overflow-hidden rounded-[10px] border border-line bg-panel">
          {event.webhooks.map((trace) => (
            <TraceLine
              key={trace.webhook_id}
              trace={trace}
              isUrlShared={event.webhooks.some(
                ({ webhook_id, webhook_url }) =>
                  webhook_id !== trace.webhook_id && webhook_url === trace.webhook_url,
              )}
            />
          ))}
        </ul>
      )}
      {event.agents.length > 0 && (
        <>
          <h2 className="mb-2">Agents that ask for its type</h2>
          <ul className="mb-6 overflow-hidden rounded-[10px] border border-line bg-panel">
            {event.agents.map((trace) => (
              <AgentTraceLine key={trace.agent_id} trace={trace} />
            ))}
          </ul>
        </>
      )}
      <h2 className="mb-2">Data</h2>
      <div ref={dataRef}>
        <Payload label="Data" text={JSON.stringify(event.data)} />
      </div>
    </div>
  );
}

const isOnItsWay = ({ agents }: Outputs["events"]["get"]) =>
  agents.some(({ delivery }) => delivery?.status === "pending");

"use client";

import Link from "next/link";
import { AttemptView } from "@/app/_components/delivery/attempt-view";
import { Payload } from "@/app/_components/delivery/payload";
import { DiagnosisView } from "@/app/_components/diagnosis/diagnosis-view";
import { ClockTime } from "@/app/_components/time/clock-time";
import { Problem } from "@/app/_components/ui/problem";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { Tab, TabList, TabPanel, Tabs } from "@/app/_components/ui/tabs";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { trpc } from "@/app/_trpc/client";
import { shownError } from "@/app/_trpc/shown-error";
import { controlWord } from "./agent-words";
import type { FullAgentDelivery } from "./types";

const refreshMs = 4_000;

/** One delivery to an agent: why it failed, when it goes again, and every attempt as it was. */
export function AgentDeliveryView({ agentId, eventId }: { agentId: string; eventId: string }) {
  const {
    data: delivery,
    error: failure,
    refetch,
  } = trpc.agents.delivery.useQuery(
    { agent_id: agentId, event_id: eventId, details: true },
    { refetchInterval: ({ state }) => state.data?.status === "pending" && refreshMs },
  );
  const error = shownError(failure, delivery);
  if (error) return <Problem message={error.message} onRetry={() => void refetch()} />;
  if (!delivery) return <Skeleton className="h-56 w-full rounded-[10px]" />;
  const { diagnosis, next_attempt_at: next } = delivery;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {controlWord(eventId) === null && (
        <p className="flex flex-wrap gap-x-1.5 text-sm text-muted">
          <Link href={`/dashboard/events/${eventId}`} className="text-accent underline">
            What became of this event
          </Link>
          {delivery.status === "pending" && next && (
            <span>
              <span>· next attempt</span> <ClockTime at={next} />
            </span>
          )}
        </p>
      )}
      {diagnosis && (
        <div className="rounded-[10px] bg-bad-ground px-4 py-3">
          <DiagnosisView diagnosis={diagnosis} />
        </div>
      )}
      {delivery.attempts.length > 0 ? (
        <Attempts delivery={delivery} />
      ) : (
        <Payload label="Payload" text={delivery.request?.payload ?? ""} />
      )}
    </div>
  );
}

function Attempts({ delivery: { attempts, request } }: { delivery: FullAgentDelivery }) {
  const { get, replace } = useUrlState();
  const open = attempts.find(({ number }) => String(number) === get("attempt")) ?? attempts[0];
  if (!open) return null;
  return (
    <Tabs value={String(open.number)} onValueChange={(attempt) => replace({ attempt })}>
      <TabList label="Attempts">
        {attempts.map(({ number }, index) => (
          <Tab key={number} value={String(number)}>
            {index === 0 ? `Attempt ${number}` : number}
          </Tab>
        ))}
      </TabList>
      <TabPanel value={String(open.number)}>
        <AttemptView attempt={open} payload={request?.payload ?? ""} ids={null} />
      </TabPanel>
    </Tabs>
  );
}

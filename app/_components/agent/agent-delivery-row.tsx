"use client";

import { ChevronRight } from "lucide-react";
import { StateBadge } from "@/app/_components/status/state-badge";
import { deliveryState } from "@/app/_components/status/states";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Chip } from "@/app/_components/ui/chip";
import { classNames } from "@/app/_components/ui/class-names";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { AgentDeliveryView } from "./agent-delivery-view";
import { controlWord } from "./agent-words";
import type { AgentDelivery } from "./types";

/** One delivery to an agent; its attempts unfold below it. */
export function AgentDeliveryRow({
  agentId,
  delivery,
  isOpen,
}: {
  agentId: string;
  delivery: AgentDelivery;
  isOpen: boolean;
}) {
  const { replace } = useUrlState();
  const control = controlWord(delivery.id);
  return (
    <li className="border-b border-line last:border-b-0">
      <div className="relative flex flex-wrap items-center gap-x-2.5 gap-y-1 px-3 py-2 hover:bg-hover">
        <ChevronRight
          aria-hidden
          className={classNames("size-3.5 shrink-0 text-faint", isOpen && "rotate-90")}
        />
        <StateBadge state={deliveryState(delivery)} />
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => replace({ delivery: isOpen ? null : delivery.id, attempt: null })}
          className="flex min-w-0 text-left -outline-offset-2 after:absolute after:inset-0"
        >
          {control ? (
            <Chip>{control}</Chip>
          ) : (
            <span translate="no" className="mono truncate">
              {delivery.id}
            </span>
          )}
        </button>
        <span className="ml-auto text-sm whitespace-nowrap text-muted">
          <span>{delivery.status_code ?? "–"}</span> <span aria-hidden>{"· "}</span>
          <RelativeTime at={delivery.timestamp} />
        </span>
      </div>
      {isOpen && (
        <div className="border-t border-line px-3 py-3">
          <AgentDeliveryView agentId={agentId} eventId={delivery.id} />
        </div>
      )}
    </li>
  );
}

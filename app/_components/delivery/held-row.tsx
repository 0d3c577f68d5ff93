"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { heldWords } from "@/app/_components/status/held-words";
import { StateBadge } from "@/app/_components/status/state-badge";
import { deliveryState } from "@/app/_components/status/states";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Row } from "@/app/_components/ui/table";
import { EndpointName } from "./endpoint-name";
import type { Delivery } from "./types";

/** The many deliveries that one webhook holds, as one row, which unfolds. */
export function HeldRow({
  deliveries,
  index,
  measure,
  isOpen,
  onToggle,
}: {
  /** Newest first. */
  deliveries: Delivery[];
  index: number;
  measure: (row: HTMLTableRowElement | null) => void;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const [newest] = deliveries;
  const oldest = deliveries.at(-1);
  if (!newest?.held || !oldest) return null;
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <Row ref={measure} data-index={index} className="relative h-[45px] compact:h-[33px]">
      <td colSpan={9} className="border-b border-line px-2.5 py-2 compact:py-1">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <StateBadge state={deliveryState(newest)} more={deliveries.length.toLocaleString("en")} />
          <button
            type="button"
            data-row
            aria-expanded={isOpen}
            onClick={onToggle}
            className="flex items-center gap-1 -outline-offset-2 after:absolute after:inset-0"
          >
            <Icon aria-hidden className="size-3.5 text-faint" />
            <span>{`${deliveries.length.toLocaleString("en")} of this list are ${heldWords[newest.held].short}`}</span>
          </button>
          <span className="min-w-0 text-muted">
            <EndpointName webhookId={newest.webhook_id} />
          </span>
          <span className="ml-auto whitespace-nowrap text-muted">
            <span>oldest</span> <RelativeTime at={oldest.timestamp} />
          </span>
        </div>
      </td>
    </Row>
  );
}

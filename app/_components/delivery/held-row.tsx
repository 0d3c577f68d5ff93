"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { heldWords } from "@/app/_components/status/held-words";
import { StateBadge } from "@/app/_components/status/state-badge";
import { deliveryState } from "@/app/_components/status/states";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { classNames } from "@/app/_components/ui/class-names";
import { Cell, Row } from "@/app/_components/ui/table";
import { EndpointName } from "./endpoint-name";
import type { Delivery } from "./types";

/**
 * The many deliveries that one webhook holds, as one row, which unfolds. It has the cells of any other row: one that
 * spans columns which are hidden on a narrow screen would make columns of its own there, and take their width away.
 */
export function HeldRow({
  deliveries,
  index,
  measure,
  isOpen,
  showsWebhook,
  isSelectable,
  onToggle,
}: {
  /** Newest first. */
  deliveries: Delivery[];
  index: number;
  measure: (row: HTMLTableRowElement | null) => void;
  isOpen: boolean;
  showsWebhook: boolean;
  /** Whether the list begins with a column of checkboxes. */
  isSelectable: boolean;
  onToggle: () => void;
}) {
  const [newest] = deliveries;
  const oldest = deliveries.at(-1);
  if (!newest?.held || !oldest) return null;
  const oldestOne = (
    <>
      <span>oldest</span> <RelativeTime at={oldest.timestamp} className="whitespace-nowrap" />
    </>
  );
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <Row ref={measure} data-index={index} className="relative h-[45px] compact:h-[33px]">
      {isSelectable && <Cell />}
      <Cell>
        <StateBadge state={deliveryState(newest)} more={deliveries.length.toLocaleString("en")} />
      </Cell>
      <Cell>
        <button
          type="button"
          data-row
          aria-expanded={isOpen}
          onClick={onToggle}
          className="flex items-start gap-1 text-left -outline-offset-2 after:absolute after:inset-0"
        >
          <Icon aria-hidden className="mt-0.5 size-3.5 shrink-0 text-faint" />
          <span>{`${deliveries.length.toLocaleString("en")} of this list are ${heldWords[newest.held].short}`}</span>
        </button>
        <div className="flex gap-x-2 text-xs text-faint sm:hidden">
          <span className="shrink-0">{oldestOne}</span>
          {showsWebhook && <EndpointName webhookId={newest.webhook_id} />}
        </div>
      </Cell>
      <Cell className={classNames("hidden", showsWebhook ? "xl:table-cell" : "md:table-cell")} />
      {showsWebhook && (
        <Cell className="hidden max-w-60 text-muted sm:table-cell">
          <EndpointName webhookId={newest.webhook_id} />
        </Cell>
      )}
      <Cell className="hidden lg:table-cell" />
      <Cell />
      <Cell className={classNames("hidden", showsWebhook ? "xl:table-cell" : "md:table-cell")} />
      <Cell className="hidden text-right text-muted sm:table-cell">{oldestOne}</Cell>
    </Row>
  );
}

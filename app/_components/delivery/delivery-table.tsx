"use client";

import { useListKeys } from "@/app/_components/keyboard/use-list-keys";
import { HeadCell, Table } from "@/app/_components/ui/table";
import { Spacer, useVirtualRows } from "@/app/_components/ui/virtual-rows";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { DeliveryRow } from "./delivery-row";
import type { Delivery } from "./types";
import { useEngagement } from "./use-engagement";

/** Deliveries as rows. Only those near the window are in the document, however many are loaded. */
export function DeliveryTable({
  deliveries,
  showsWebhook,
  onEngaged,
  searched,
}: {
  deliveries: Delivery[];
  showsWebhook: boolean;
  /** Hears whether somebody points at a row or has the focus on one: nothing should move then. */
  onEngaged: (isEngaged: boolean) => void;
  /** The text that was looked for; "" for none. */
  searched: string;
}) {
  const { get } = useUrlState();
  const listRef = useListKeys();
  useEngagement(listRef, onEngaged);
  const { shown, above, below, measure } = useVirtualRows(listRef, deliveries.length);
  const openId = get("delivery");
  return (
    <div ref={listRef}>
      <Table label="Deliveries" aria-rowcount={deliveries.length} className="sm:table-fixed">
        <thead>
          <tr>
            <HeadCell className="sm:w-30">Status</HeadCell>
            <HeadCell className="sm:w-48">Event type</HeadCell>
            <HeadCell className="hidden w-28 md:table-cell">Event</HeadCell>
            {showsWebhook && <HeadCell className="hidden xl:table-cell">Endpoint</HeadCell>}
            <HeadCell className="hidden w-40 lg:table-cell">Attempts</HeadCell>
            <HeadCell className="w-14 text-right">Code</HeadCell>
            <HeadCell className="hidden w-20 text-right sm:table-cell">Time</HeadCell>
            <HeadCell className="hidden w-24 text-right sm:table-cell">When</HeadCell>
          </tr>
        </thead>
        <tbody>
          <Spacer px={above} />
          {shown.map((index) => {
            const delivery = deliveries[index];
            if (!delivery) return null;
            return (
              <DeliveryRow
                // By place: a new delivery on top then moves words, not elements, and nothing jumps.
                key={String(index)}
                delivery={delivery}
                index={index}
                measure={measure}
                isOpen={delivery.id === openId && delivery.webhook_id === get("of")}
                showsWebhook={showsWebhook}
                searched={searched}
              />
            );
          })}
          <Spacer px={below} />
        </tbody>
      </Table>
    </div>
  );
}

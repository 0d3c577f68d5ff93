"use client";

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import { useListKeys } from "@/app/_components/keyboard/use-list-keys";
import { usePreferences } from "@/app/_components/preferences/preferences-provider";
import { HeadCell, Table } from "@/app/_components/ui/table";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { DeliveryRow } from "./delivery-row";
import { foldHeld, type ListRow } from "./fold-held";
import { HeldRow } from "./held-row";
import type { Delivery } from "./types";
import { useEngagement } from "./use-engagement";

const rowPx = { roomy: 45, compact: 33 };
const overscan = 15;

/** Deliveries as rows. Only those near the window are in the document, however many are loaded. */
export function DeliveryTable({
  deliveries,
  showsWebhook,
  onEngaged,
}: {
  deliveries: Delivery[];
  showsWebhook: boolean;
  /** Hears whether somebody points at a row or has the focus on one: nothing should move then. */
  onEngaged: (isEngaged: boolean) => void;
}) {
  const { get, replace } = useUrlState();
  const { rowHeight } = usePreferences().preferences;
  const unfolded = new Set(get("unfolded").split(",").filter(Boolean));
  // Who asks for what waits wants to see it.
  const rows = get("status") === "pending" ? deliveries.map(asRow) : foldHeld(deliveries, unfolded);
  const toggle = (webhookId: string) => {
    if (!unfolded.delete(webhookId)) unfolded.add(webhookId);
    replace({ unfolded: [...unfolded].join(",") });
  };
  const listRef = useListKeys();
  useEngagement(listRef, onEngaged);
  const top = useRef(0);
  const [isMeasured, setIsMeasured] = useState(false);
  useLayoutEffect(() => {
    top.current = listRef.current?.offsetTop ?? 0;
    setIsMeasured(true);
  }, [listRef]);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowPx[rowHeight],
    overscan,
    scrollMargin: top.current,
  });
  const near = virtual.getVirtualItems();
  const isVirtual = isMeasured && near.length > 0;
  const shown = isVirtual ? near.map(({ index }) => index) : firstRows(rows.length);
  const above = isVirtual ? (near[0]?.start ?? 0) - top.current : 0;
  const below = isVirtual ? virtual.getTotalSize() + top.current - (near.at(-1)?.end ?? 0) : 0;
  const openId = get("delivery");
  return (
    <div ref={listRef}>
      <Table label="Deliveries" aria-rowcount={deliveries.length} className="table-fixed">
        <thead>
          <tr>
            <HeadCell className="w-30">Status</HeadCell>
            <HeadCell className="sm:w-48">Event type</HeadCell>
            <HeadCell className={showsWebhook ? "hidden w-28 xl:table-cell" : "hidden w-28 md:table-cell"}>
              Event
            </HeadCell>
            {showsWebhook && <HeadCell className="hidden sm:table-cell">Endpoint</HeadCell>}
            <HeadCell className="hidden w-40 lg:table-cell">Attempts</HeadCell>
            <HeadCell className="w-14 text-right">Code</HeadCell>
            <HeadCell
              className={
                showsWebhook ? "hidden w-20 text-right xl:table-cell" : "hidden w-20 text-right sm:table-cell"
              }
            >
              Time
            </HeadCell>
            <HeadCell className="hidden w-24 text-right sm:table-cell">When</HeadCell>
          </tr>
        </thead>
        <tbody>
          <Spacer px={above} />
          {shown.map((index) => {
            const row = rows[index];
            if (!row) return null;
            if (row.kind === "held") {
              return (
                <HeldRow
                  key={`held ${row.webhookId}`}
                  deliveries={row.deliveries}
                  index={index}
                  measure={virtual.measureElement}
                  isOpen={unfolded.has(row.webhookId)}
                  onToggle={() => toggle(row.webhookId)}
                />
              );
            }
            const { delivery } = row;
            return (
              <DeliveryRow
                // By place: a new delivery on top then moves words, not elements, and nothing jumps.
                key={String(index)}
                delivery={delivery}
                index={index}
                measure={virtual.measureElement}
                isOpen={delivery.id === openId && delivery.webhook_id === get("of")}
                showsWebhook={showsWebhook}
              />
            );
          })}
          <Spacer px={below} />
        </tbody>
      </Table>
    </div>
  );
}

const asRow = (delivery: Delivery): ListRow => ({ kind: "delivery", delivery });

const firstRows = (count: number) =>
  Array.from({ length: Math.min(count, 2 * overscan) }, (_, index) => index);

function Spacer({ px }: { px: number }) {
  if (px <= 0) return null;
  return (
    <tr aria-hidden>
      <td style={{ height: px }} />
    </tr>
  );
}

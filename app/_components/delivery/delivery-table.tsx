"use client";

import { useMemo } from "react";
import { useListKeys } from "@/app/_components/keyboard/use-list-keys";
import { useShortcut } from "@/app/_components/keyboard/use-shortcut";
import { HeadCell, Table } from "@/app/_components/ui/table";
import { Spacer, useVirtualRows } from "@/app/_components/ui/virtual-rows";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { DeliveryRow } from "./delivery-row";
import { foldHeld, type ListRow } from "./fold-held";
import { HeldRow } from "./held-row";
import { RowCheckbox } from "./row-checkbox";
import type { Delivery } from "./types";
import { useEngagement } from "./use-engagement";
import { useHeldNow } from "./use-held-now";
import type { Selection } from "./use-selection";

/** Deliveries as rows. Only those near the window are in the document, however many are loaded. */
export function DeliveryTable({
  deliveries,
  showsWebhook,
  selection,
  onEngaged,
  searched,
}: {
  deliveries: Delivery[];
  showsWebhook: boolean;
  /** Null where nothing may be done with them. */
  selection: Selection | null;
  /** Hears whether somebody points at a row or has the focus on one: nothing should move then. */
  onEngaged: (isEngaged: boolean) => void;
  /** The text that was looked for; "" for none. */
  searched: string;
}) {
  const { get, replace } = useUrlState();
  const unfoldedIds = get("unfolded");
  const unfolded = useMemo(() => new Set(unfoldedIds.split(",").filter(Boolean)), [unfoldedIds]);
  // Who asks for what waits wants to see it.
  const isFolded = get("status") !== "pending";
  const rows = useMemo(
    () => (isFolded ? foldHeld(deliveries, unfolded) : deliveries.map(asRow)),
    [deliveries, unfolded, isFolded],
  );
  const toggle = (webhookId: string) => {
    const next = new Set(unfolded);
    if (!next.delete(webhookId)) next.add(webhookId);
    replace({ unfolded: [...next].join(",") });
  };
  const withHold = useHeldNow();
  const listRef = useListKeys();
  useEngagement(listRef, onEngaged);
  useShortcut({
    key: "x",
    isOn: selection !== null,
    run: () => {
      const index = document.activeElement?.closest("tr")?.dataset.index;
      const isInList = index !== undefined && listRef.current?.contains(document.activeElement);
      const row = isInList ? rows[Number(index)] : undefined;
      if (row?.kind !== "delivery" || row.delivery.is_test) return false;
      selection?.toggle(row.delivery, false);
    },
  });
  const { shown, above, below, measure } = useVirtualRows(listRef, rows.length);
  const openId = get("delivery");
  return (
    <div ref={listRef}>
      <Table label="Deliveries" aria-rowcount={deliveries.length} className="table-fixed">
        <thead>
          <tr>
            {selection && (
              <HeadCell className="w-10">
                <RowCheckbox
                  label="Select all that are loaded"
                  state={selection.isAll ? true : selection.chosen.length > 0 ? "some" : false}
                  onToggle={selection.toggleAll}
                />
              </HeadCell>
            )}
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
                showsWebhook ? "hidden w-20 text-right xl:table-cell" : "hidden w-20 text-right md:table-cell"
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
                  measure={measure}
                  isOpen={unfolded.has(row.webhookId)}
                  showsWebhook={showsWebhook}
                  isSelectable={selection !== null}
                  onToggle={() => toggle(row.webhookId)}
                />
              );
            }
            const { delivery } = row;
            return (
              <DeliveryRow
                // By place: a new delivery on top then moves words, not elements, and nothing jumps.
                key={String(index)}
                delivery={withHold(delivery)}
                index={index}
                measure={measure}
                isOpen={delivery.id === openId && delivery.webhook_id === get("of")}
                showsWebhook={showsWebhook}
                isChosen={selection?.has(delivery) ?? false}
                onChoose={selection?.toggle ?? null}
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

const asRow = (delivery: Delivery): ListRow => ({ kind: "delivery", delivery });

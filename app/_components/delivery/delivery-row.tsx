"use client";

import { memo } from "react";
import { HitLine } from "@/app/_components/search/hit-line";
import { StateBadge } from "@/app/_components/status/state-badge";
import { deliveryState } from "@/app/_components/status/states";
import { formatDuration } from "@/app/_components/time/format";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { BreakableName } from "@/app/_components/ui/breakable-name";
import { Chip } from "@/app/_components/ui/chip";
import { classNames } from "@/app/_components/ui/class-names";
import { Cell, Row } from "@/app/_components/ui/table";
import { sitePath } from "@/app/_components/url/site-path";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { AttemptWords } from "./attempt-words";
import { EndpointName } from "./endpoint-name";
import { RowCheckbox } from "./row-checkbox";
import type { Delivery } from "./types";

/**
 * One delivery in the list. All of the row opens its drawer; a new tab gets its page. It is drawn anew only when it
 * changes itself: a list is scrolled and walked through by keys, with many rows on the screen.
 */
export const DeliveryRow = memo(function DeliveryRow({
  delivery,
  index,
  measure,
  isOpen,
  showsWebhook,
  isChosen,
  onChoose,
  searched,
}: {
  delivery: Delivery;
  /** Its place in the list; with `measure` the virtual list learns how high it is. */
  index: number;
  measure: (row: HTMLTableRowElement | null) => void;
  isOpen: boolean;
  showsWebhook: boolean;
  isChosen: boolean;
  /** Null where nothing may be done with it. With `isRange`, all from the one before are chosen too. */
  onChoose: ((delivery: Delivery, isRange: boolean) => void) | null;
  /** The text that was looked for; "" for none. */
  searched: string;
}) {
  const { push } = useUrlState();
  return (
    <Row
      ref={measure}
      data-index={index}
      className={classNames("relative h-[45px] compact:h-[33px]", (isOpen || isChosen) && "bg-hover")}
    >
      {onChoose && (
        <Cell>
          <RowCheckbox
            label={`Select ${delivery.event_type} ${shortId(delivery.id)}`}
            state={isChosen}
            disabled={delivery.is_test}
            onToggle={(isRange) => onChoose(delivery, isRange)}
          />
        </Cell>
      )}
      <Cell>
        <StateBadge state={deliveryState(delivery)} />
      </Cell>
      <Cell>
        <div className="flex flex-wrap items-center gap-x-2">
          <a
            href={sitePath(`/dashboard/webhooks/${delivery.webhook_id}/deliveries/${delivery.id}`)}
            data-row
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              push({ delivery: delivery.id, of: delivery.webhook_id });
            }}
            translate="no"
            className="mono -outline-offset-2 after:absolute after:inset-0"
          >
            <BreakableName name={delivery.event_type} />
          </a>
          {delivery.is_test && <Chip>test</Chip>}
        </div>
        <HitLine hit={delivery.hit} text={searched} />
        <div className="flex gap-x-2 text-xs text-faint sm:hidden">
          <RelativeTime at={delivery.timestamp} className="shrink-0" />
          {showsWebhook && <EndpointName webhookId={delivery.webhook_id} />}
        </div>
      </Cell>
      <Cell
        translate="no"
        className={classNames("mono hidden text-faint", showsWebhook ? "xl:table-cell" : "md:table-cell")}
      >
        <span className={classNames(searched === delivery.id && "bg-warn-ground text-ink")}>
          {shortId(delivery.id)}
        </span>
      </Cell>
      {showsWebhook && (
        <Cell className="hidden max-w-60 text-muted sm:table-cell">
          <EndpointName webhookId={delivery.webhook_id} />
        </Cell>
      )}
      <Cell className="hidden whitespace-nowrap text-muted lg:table-cell">
        <AttemptWords delivery={delivery} />
      </Cell>
      <Cell className="text-right">{delivery.status_code ?? "–"}</Cell>
      <Cell
        className={classNames(
          "hidden text-right whitespace-nowrap text-muted",
          showsWebhook ? "xl:table-cell" : "md:table-cell",
        )}
      >
        {delivery.details?.duration_ms == null ? "–" : formatDuration(delivery.details.duration_ms)}
      </Cell>
      <Cell className="hidden text-right whitespace-nowrap text-muted sm:table-cell">
        <RelativeTime at={delivery.timestamp} />
      </Cell>
    </Row>
  );
});

/** An id that people can tell apart at a glance: its beginning and its end. */
const shortId = (id: string) => (id.length > 14 ? `${id.slice(0, 6)}…${id.slice(-4)}` : id);

"use client";

import { StateBadge } from "@/app/_components/status/state-badge";
import { webhookStates } from "@/app/_components/status/states";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Cell, Row } from "@/app/_components/ui/table";
import type { Outputs } from "@/app/_trpc/client";
import { OpenDashboard } from "./open-dashboard";
import { RenameCustomer } from "./rename-customer";

type Customer = Outputs["platform"]["customers"]["items"][number];

/** The worst first. */
const kinds = ["failing", "disabled", "paused", "active"] as const;

export function CustomerRow({ customer }: { customer: Customer }) {
  const { webhooks, pending_count, held_count, failed_24h, last_event_at } = customer;
  const shown = kinds.filter((kind) => webhooks[kind] > 0);
  return (
    <Row>
      <Cell className="min-w-44">
        <span className="block font-medium wrap-anywhere">{customer.name}</span>
        <span translate="no" className="mono block wrap-anywhere text-muted">
          {customer.external_id ?? customer.id}
        </span>
      </Cell>
      <Cell>
        <span className="flex flex-wrap gap-1">
          {shown.map((kind) => (
            <StateBadge key={kind} state={webhookStates[kind]} more={` ${webhooks[kind]}`} />
          ))}
          {shown.length === 0 && <span className="text-muted">none</span>}
        </span>
      </Cell>
      <Cell className="text-right whitespace-nowrap">
        <span className={failed_24h > 0 ? "text-bad" : "text-muted"}>{failed_24h.toLocaleString("en")}</span>
      </Cell>
      <Cell className="text-right whitespace-nowrap">
        <span>{pending_count.toLocaleString("en")}</span>
        {held_count > 0 && (
          <span className="block text-sm text-warn">{`${held_count.toLocaleString("en")} held`}</span>
        )}
      </Cell>
      <Cell className="hidden whitespace-nowrap text-muted sm:table-cell">
        {last_event_at ? <RelativeTime at={last_event_at} /> : <span>none kept</span>}
      </Cell>
      <Cell>
        <div className="flex flex-wrap justify-end gap-2">
          <RenameCustomer customer={customer} />
          <OpenDashboard customer={customer} />
        </div>
      </Cell>
    </Row>
  );
}

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

/** One customer: its webhooks, and how delivery to it goes. What is beside its name on a wide screen is below on a narrow one. */
export function CustomerRow({ customer }: { customer: Customer }) {
  const { pending_count, held_count, failed_24h, last_event_at } = customer;
  return (
    <Row>
      <Cell className="min-w-44">
        <span className="block font-medium wrap-anywhere">{customer.name}</span>
        <span translate="no" className="mono block wrap-anywhere text-muted">
          {customer.external_id ?? customer.id}
        </span>
        <div className="mt-2 grid gap-2 lg:hidden">
          <Webhooks webhooks={customer.webhooks} />
          <Actions customer={customer} />
        </div>
      </Cell>
      <Cell className="hidden lg:table-cell">
        <Webhooks webhooks={customer.webhooks} />
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
      <Cell className="hidden lg:table-cell">
        <Actions customer={customer} />
      </Cell>
    </Row>
  );
}

function Webhooks({ webhooks }: Pick<Customer, "webhooks">) {
  const shown = kinds.filter((kind) => webhooks[kind] > 0);
  return (
    <span className="flex flex-wrap gap-1">
      {shown.map((kind) => (
        <StateBadge key={kind} state={webhookStates[kind]} more={` ${webhooks[kind]}`} />
      ))}
      {shown.length === 0 && <span className="text-muted">none</span>}
    </span>
  );
}

function Actions({ customer }: { customer: Customer }) {
  return (
    <div className="flex flex-wrap gap-2 lg:justify-end">
      <RenameCustomer customer={customer} />
      <OpenDashboard customer={customer} />
    </div>
  );
}

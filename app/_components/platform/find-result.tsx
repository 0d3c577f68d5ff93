"use client";

import { heldWords } from "@/app/_components/status/held-words";
import { StateBadge } from "@/app/_components/status/state-badge";
import { deliveryState } from "@/app/_components/status/states";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Card } from "@/app/_components/ui/card";
import type { Outputs } from "@/app/_trpc/client";
import { OpenDashboard } from "./open-dashboard";

type Found = Outputs["platform"]["find"][number];
type Trace = Extract<Found, { kind: "event" }>["webhooks"][number];

/** Whose it is, and what became of it. */
export function FindResult({ find }: { find: Found }) {
  const { customer } = find;
  const owner = { name: customer.name, id: customer.external_id ?? customer.id };
  switch (find.kind) {
    case "customer":
      return (
        <Card title={customer.name} end={<OpenDashboard customer={customer} />}>
          <p translate="no" className="mono wrap-anywhere text-muted">
            {customer.external_id ? `${customer.external_id} · ${customer.id}` : customer.id}
          </p>
        </Card>
      );
    case "webhook":
      return (
        <Card
          title={<WithOwner what="Webhook" {...owner} />}
          end={
            <OpenDashboard customer={customer} to={`/dashboard/webhooks/${find.webhook_id}`}>
              Open webhook
            </OpenDashboard>
          }
        >
          <p translate="no" className="mono wrap-anywhere">
            {find.webhook_url}
          </p>
        </Card>
      );
    case "event":
      return (
        <Card
          title={<WithOwner what="Event" {...owner} />}
          end={
            <OpenDashboard customer={customer} to={`/dashboard/events/${find.event_id}`}>
              Open event
            </OpenDashboard>
          }
        >
          <p className="text-muted">
            <span translate="no" className="mono">
              {find.event_type}
            </span>
            <span>, accepted </span>
            <RelativeTime at={find.created_at} />
          </p>
          <ul aria-label="What became of it" className="mt-2 border-t border-line">
            {find.webhooks.map((trace) => (
              <TraceRow key={trace.webhook_id} trace={trace} />
            ))}
            {find.webhooks.length === 0 && <li className="pt-2">There is no webhook.</li>}
          </ul>
        </Card>
      );
  }
}

function WithOwner({ what, name, id }: { what: string; name: string; id: string }) {
  return (
    <span>
      <span>{what}</span>
      <span className="text-muted">{` of ${name} `}</span>
      <span translate="no" className="mono text-muted">
        {id}
      </span>
    </span>
  );
}

const reasons: Record<NonNullable<Trace["reason"]>, string> = {
  inactive: "Not delivered: the webhook was switched off when the event came.",
  not_subscribed: "Not delivered: the webhook does not receive this type.",
  about_itself: "Not delivered: no webhook is told of itself.",
  filtered: "Not sent: its content is not what the webhook asks for.",
  created_later: "Not delivered: the webhook did not exist yet.",
  pruned: "It had a delivery, which ended longer ago than deliveries are kept.",
};

function TraceRow({ trace: { webhook_url, delivery, reason, why } }: { trace: Trace }) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-2 last:border-b-0">
      <div className="min-w-0 grow basis-60">
        <span translate="no" className="mono wrap-anywhere">
          {webhook_url}
        </span>
        {reason && (
          <p className="text-sm text-muted wrap-anywhere">{why ? `Not sent: ${why}.` : reasons[reason]}</p>
        )}
        {delivery?.held && <p className="text-sm text-muted">{heldWords[delivery.held].sentence}</p>}
        {delivery?.error && <p className="text-sm text-muted">{delivery.error.message}</p>}
      </div>
      {delivery && (
        <>
          <span className="text-muted">{delivery.status_code}</span>
          <StateBadge state={deliveryState(delivery)} />
        </>
      )}
    </li>
  );
}

"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { StateBadge } from "@/app/_components/status/state-badge";
import { deliveryState } from "@/app/_components/status/states";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Chip } from "@/app/_components/ui/chip";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { trpc } from "@/app/_trpc/client";
import { EndpointName } from "./endpoint-name";
import { RedeliverButton } from "./redeliver-button";
import type { FullDelivery } from "./types";

/** What is delivered where, and how it stands; with the buttons that act on it. */
export function DeliveryHeading({
  delivery,
  place,
  controls,
}: {
  delivery: FullDelivery | undefined;
  place: "drawer" | "page";
  controls: ReactNode;
}) {
  const Title = place === "page" ? "h1" : "h2";
  return (
    <header className={place === "drawer" ? "px-4 pt-3.5 pb-3 sm:px-5" : "pb-4"}>
      <div className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1">
        {delivery ? (
          <>
            <span aria-live="polite">
              <StateBadge state={deliveryState(delivery)} />
            </span>
            <Title translate="no" className="mono font-semibold wrap-anywhere">
              {delivery.event_type}
            </Title>
            {delivery.is_test && <Chip>{delivery.tried_url ? "test of another URL" : "test"}</Chip>}
          </>
        ) : (
          <Skeleton className="h-5 w-56" />
        )}
        <span className="ml-auto flex items-center gap-x-2">
          {delivery && <RedeliverButton delivery={delivery} scope={place === "drawer" ? "dialog" : "page"} />}
          <span className="flex items-center">{controls}</span>
        </span>
      </div>
      {delivery && (
        <p className="mt-1 flex flex-wrap items-center gap-x-2 text-muted">
          <Link
            href={`/dashboard/events/${delivery.id}`}
            translate="no"
            className="mono wrap-anywhere hover:underline"
          >
            {delivery.id}
          </Link>
          <CopyButton text={delivery.id} label="Copy the event id" />
          <span className="flex min-w-0 gap-x-2">
            <span aria-hidden>→</span>
            {delivery.tried_url ? (
              <code translate="no" className="mono wrap-anywhere">
                {delivery.tried_url}
              </code>
            ) : (
              <Endpoint webhookId={delivery.webhook_id} />
            )}
          </span>
          <span className="text-faint">
            <RelativeTime at={delivery.timestamp} />
          </span>
        </p>
      )}
    </header>
  );
}

function Endpoint({ webhookId }: { webhookId: string }) {
  const { data: webhooks } = trpc.webhooks.list.useQuery();
  const webhook = webhooks?.find(({ id }) => id === webhookId);
  if (!webhook) return <span>a deleted webhook</span>;
  return (
    <Link href={`/dashboard/webhooks/${webhookId}`} className="min-w-0 hover:underline">
      <EndpointName webhookId={webhookId} />
    </Link>
  );
}

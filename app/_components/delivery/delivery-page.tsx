"use client";

import Link from "next/link";
import { trpc } from "@/app/_trpc/client";
import { DeliveryView } from "./delivery-view";
import type { FullDelivery } from "./types";

/** A delivery on a page of its own, to be linked to. */
export function DeliveryPage({ initial }: { initial: FullDelivery }) {
  const webhookId = initial.webhook_id;
  const { data: webhooks } = trpc.webhooks.list.useQuery();
  const webhook = webhooks?.find(({ id }) => id === webhookId);
  return (
    <div className="max-w-4xl">
      <nav aria-label="Breadcrumb" className="mb-2 truncate text-muted">
        <Link href="/dashboard" className="hover:text-ink hover:underline">
          Webhooks
        </Link>
        <span aria-hidden className="text-faint">
          {" / "}
        </span>
        <Link href={`/dashboard/webhooks/${webhookId}`} className="hover:text-ink hover:underline">
          {webhook?.description ?? webhook?.webhook_url.replace("https://", "") ?? "Webhook"}
        </Link>
      </nav>
      <DeliveryView webhookId={webhookId} eventId={initial.id} initial={initial} place="page" />
    </div>
  );
}

import type { Metadata } from "next";
import { DeliveryPage } from "@/app/_components/delivery/delivery-page";
import { api, HydrateClient } from "@/app/_trpc/server";
import { orNotFound } from "../../../../_session/or-not-found";
import { type PageProps, requireSession } from "../../../../_session/require-session";

export const metadata: Metadata = { title: "Delivery" };

export default async function Page({ params, searchParams }: PageProps<"webhook_id" | "event_id">) {
  const { webhook_id, event_id } = await params;
  await requireSession(`/dashboard/webhooks/${webhook_id}/deliveries/${event_id}`, searchParams);
  await orNotFound(api.deliveries.get({ webhook_id, event_id, details: true }));
  await api.deliveries.get.prefetch({ webhook_id, event_id, details: true });
  return (
    <HydrateClient>
      <DeliveryPage webhookId={webhook_id} eventId={event_id} />
    </HydrateClient>
  );
}

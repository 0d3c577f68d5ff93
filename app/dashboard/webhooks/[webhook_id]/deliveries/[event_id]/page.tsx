import type { Metadata } from "next";
import { DeliveryPage } from "@/app/_components/delivery/delivery-page";
import { api } from "@/app/_trpc/server";
import { orNotFound } from "@/app/dashboard/_session/or-not-found";
import { type PageProps, requireSession } from "@/app/dashboard/_session/require-session";

export const metadata: Metadata = { title: "Delivery" };

export default async function Page({ params, searchParams }: PageProps<"webhook_id" | "event_id">) {
  const { webhook_id, event_id } = await params;
  await requireSession(`/dashboard/webhooks/${webhook_id}/deliveries/${event_id}`, searchParams);
  const delivery = await orNotFound(api.deliveries.get({ webhook_id, event_id, details: true }));
  return <DeliveryPage initial={delivery} />;
}

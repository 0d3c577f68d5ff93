import type { Metadata } from "next";
import { EventTrace } from "@/app/_components/event/event-trace";
import { api } from "@/app/_trpc/server";
import { orNotFound } from "../../_session/or-not-found";
import { type PageProps, requireSession } from "../../_session/require-session";

export const metadata: Metadata = { title: "Event" };

export default async function Page({ params, searchParams }: PageProps<"event_id">) {
  const { event_id } = await params;
  await requireSession(`/dashboard/events/${event_id}`, searchParams);
  const event = await orNotFound(api.events.get({ event_id, details: true }));
  return <EventTrace initial={event} />;
}

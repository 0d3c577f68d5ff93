import type { Metadata } from "next";
import { AgentsHint } from "@/app/_components/event/agents-hint";
import { EventBrowser } from "@/app/_components/event/event-browser";
import { readFilters, toListInput } from "@/app/_components/event/event-query";
import { PageHeader } from "@/app/_components/ui/page-header";
import { api, HydrateClient } from "@/app/_trpc/server";
import { readZone } from "../_session/read-zone";
import { type PageProps, readOne, requireSession } from "../_session/require-session";

export const metadata: Metadata = { title: "Events" };

export default async function Page({ searchParams }: PageProps) {
  await requireSession("/dashboard/events", searchParams);
  const filters = readFilters(readOne(await searchParams));
  await api.events.list.prefetchInfinite(toListInput(filters, Date.now(), await readZone()));
  return (
    <HydrateClient>
      <PageHeader title="Events" beside={<AgentsHint />} />
      <EventBrowser />
    </HydrateClient>
  );
}

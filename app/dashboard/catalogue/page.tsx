import type { Metadata } from "next";
import { Catalogue } from "@/app/_components/catalogue/catalogue";
import { api, HydrateClient } from "@/app/_trpc/server";
import { type PageProps, requireSession } from "../_session/require-session";

export const metadata: Metadata = { title: "Event catalogue" };

export default async function Page({ searchParams }: PageProps) {
  await requireSession("/dashboard/catalogue", searchParams);
  await api.eventTypes.seen.prefetch();
  return (
    <HydrateClient>
      <Catalogue />
    </HydrateClient>
  );
}

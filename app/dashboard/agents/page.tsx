import type { Metadata } from "next";
import { Agents } from "@/app/_components/agent/agents";
import { api, HydrateClient } from "@/app/_trpc/server";
import { type PageProps, requireSession } from "../_session/require-session";

export const metadata: Metadata = { title: "Agents" };

export default async function Page({ searchParams }: PageProps) {
  await requireSession("/dashboard/agents", searchParams);
  await api.agents.list.prefetch();
  return (
    <HydrateClient>
      <Agents />
    </HydrateClient>
  );
}

import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ApiKeys } from "@/app/_components/api-key/api-keys";
import { api, HydrateClient } from "@/app/_trpc/server";
import { type PageProps, requireSession } from "../_session/require-session";

export const metadata: Metadata = { title: "API keys" };

export default async function Page({ searchParams }: PageProps) {
  const session = await requireSession("/dashboard/keys", searchParams);
  if (session.is_portal) notFound();
  if (session.role === "owner") await api.apiKeys.list.prefetch({});
  return (
    <HydrateClient>
      <ApiKeys />
    </HydrateClient>
  );
}

import type { Metadata } from "next";
import { Settings } from "@/app/_components/settings/settings";
import { api, HydrateClient } from "@/app/_trpc/server";
import { type PageProps, requireSession } from "../_session/require-session";

export const metadata: Metadata = { title: "Settings" };

export default async function Page({ searchParams }: PageProps) {
  const { user, is_portal } = await requireSession("/dashboard/settings", searchParams);
  if (user && !is_portal) await api.notices.get.prefetch();
  return (
    <HydrateClient>
      <Settings />
    </HydrateClient>
  );
}

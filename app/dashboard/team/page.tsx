import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Team } from "@/app/_components/team/team";
import { api, HydrateClient } from "@/app/_trpc/server";
import { type PageProps, requireSession } from "../_session/require-session";

export const metadata: Metadata = { title: "Team" };

export default async function Page({ searchParams }: PageProps) {
  const session = await requireSession("/dashboard/team", searchParams);
  if (session.is_portal) notFound();
  if (session.role === "owner")
    await Promise.all([api.team.list.prefetch(), api.team.invitations.prefetch()]);
  return (
    <HydrateClient>
      <Team />
    </HydrateClient>
  );
}

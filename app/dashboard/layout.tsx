import type { ReactNode } from "react";
import { Shell } from "@/app/_components/shell/shell";
import { TrpcProvider } from "@/app/_trpc/provider";
import { api, HydrateClient } from "@/app/_trpc/server";
import { PortalTheme } from "./_session/portal-theme";
import { findSession } from "./_session/require-session";
import { serverFacts } from "./_session/server-facts";

/** The dashboard around its pages. Pages guard themselves, so whoever is not signed in sees none of this. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const session = await findSession();
  if (!session) return children;
  await Promise.all([api.webhooks.list.prefetch(), api.eventTypes.list.prefetch({ include: "notices" })]);
  return (
    <TrpcProvider>
      <HydrateClient>
        {session.is_portal && <PortalTheme />}
        <Shell session={session} facts={await serverFacts()}>
          {children}
        </Shell>
      </HydrateClient>
    </TrpcProvider>
  );
}

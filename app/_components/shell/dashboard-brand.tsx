"use client";

import { useServerFacts } from "@/app/_components/facts/server-facts";
import { useSession } from "@/app/_components/session/session-provider";
import { Brand } from "./brand";
import { PlatformLogo } from "./platform-logo";

/** Whose dashboard this is: the platform's logo, where people come by its portal links and it has one. */
export function DashboardBrand() {
  const { portalLogo } = useServerFacts();
  const { is_portal } = useSession();
  if (!is_portal || portalLogo === null) return <Brand />;
  return <PlatformLogo src={portalLogo} />;
}

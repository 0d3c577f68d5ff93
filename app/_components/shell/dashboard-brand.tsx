"use client";

import { useServerFacts } from "@/app/_components/facts/server-facts";
import { useSession } from "@/app/_components/session/session-provider";
import { Brand } from "./brand";

/** Whose dashboard this is: the platform's logo, where people come by its portal links and it has one. */
export function DashboardBrand() {
  const { portalLogo } = useServerFacts();
  const { is_portal } = useSession();
  if (!is_portal || portalLogo === null) return <Brand />;
  // biome-ignore lint/performance/noImgElement: it is in the page already, and of no size that Next could make.
  return <img src={portalLogo} alt="Webhooks" className="h-6 max-w-full object-contain object-left" />;
}

"use client";

import { usePathname } from "next/navigation";
import { useSession } from "@/app/_components/session/session-provider";
import { useHasAgents } from "@/app/_components/session/use-has-agents";
import { NavLink } from "./nav-link";
import { pages } from "./pages";

/** The places of the dashboard. */
export function Navigation() {
  const { is_portal } = useSession();
  const path = usePathname();
  const hasAgents = useHasAgents();
  const shown = pages.filter(
    ({ href, isElsewhere, isForAccounts, isForAgents }) =>
      !isElsewhere && !(isForAccounts && is_portal) && (!isForAgents || hasAgents || path === href),
  );
  return (
    <nav aria-label="Main" className="grid gap-0.5">
      {shown.map(({ href, title, icon, also, End }) => (
        <NavLink key={href} href={href} also={also} icon={icon} end={End && <End />}>
          {title}
        </NavLink>
      ))}
    </nav>
  );
}

"use client";

import { LibraryBig } from "lucide-react";
import { usePathname } from "next/navigation";
import { useSession } from "@/app/_components/session/session-provider";
import { useHasAgents } from "@/app/_components/session/use-has-agents";
import { NavLink } from "./nav-link";
import { pages } from "./pages";

/** The places of the dashboard, and the way to the documentation: a portal may be in a frame, where that is not. */
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
      {!is_portal && (
        <NavLink href="/docs" icon={LibraryBig}>
          Documentation
        </NavLink>
      )}
    </nav>
  );
}

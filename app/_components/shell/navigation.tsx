"use client";

import { useSession } from "@/app/_components/session/session-provider";
import { NavLink } from "./nav-link";
import { pages } from "./pages";

/** The places of the dashboard. */
export function Navigation() {
  const { is_portal } = useSession();
  const shown = pages.filter(
    ({ isElsewhere, isForAccounts }) => !isElsewhere && !(isForAccounts && is_portal),
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

"use client";

import { BookOpen, FileCheck2, KeyRound, Send, Users, Webhook } from "lucide-react";
import { useSession } from "@/app/_components/session/session-provider";
import { WebhookCount } from "@/app/_components/webhook/webhook-count";
import { NavLink } from "./nav-link";

/** The places of the dashboard. Whoever came by a portal link has no keys and no team. */
export function Navigation() {
  const { is_portal } = useSession();
  return (
    <nav aria-label="Main" className="grid gap-0.5">
      <NavLink href="/dashboard" also={["/dashboard/webhooks"]} icon={Webhook} end={<WebhookCount />}>
        Webhooks
      </NavLink>
      <NavLink href="/dashboard/deliveries" also={["/dashboard/events"]} icon={Send}>
        Deliveries
      </NavLink>
      <NavLink href="/dashboard/catalogue" icon={BookOpen}>
        Event catalogue
      </NavLink>
      <NavLink href="/dashboard/signature" icon={FileCheck2}>
        Signature helper
      </NavLink>
      {!is_portal && (
        <>
          <NavLink href="/dashboard/keys" icon={KeyRound}>
            API keys
          </NavLink>
          <NavLink href="/dashboard/team" icon={Users}>
            Team
          </NavLink>
        </>
      )}
    </nav>
  );
}

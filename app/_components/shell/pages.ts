import {
  BookOpen,
  Bot,
  FileCheck2,
  History,
  Inbox,
  KeyRound,
  type LucideIcon,
  Send,
  Settings,
  Users,
  Webhook,
} from "lucide-react";
import type { ComponentType } from "react";
import { WebhookCount } from "@/app/_components/webhook/webhook-count";

/** A page of the dashboard that people go to by its name. */
export type Page = {
  href: string;
  title: string;
  icon: LucideIcon;
  /** What else people call what is there: ⌘K finds the page by these words too. */
  words: string;
  /** Paths below which it is the current page as well. */
  also?: string[];
  /** Shown at the end of its entry in the navigation. */
  End?: ComponentType;
  /** Whoever came by a portal link has no keys and no team. */
  isForAccounts?: boolean;
  /** Who has no agents finds it by ⌘K only. */
  isForAgents?: boolean;
  /** It has another place than the navigation. */
  isElsewhere?: boolean;
};

/** Every such page, in the order of the navigation. The navigation and ⌘K both read this list. */
export const pages: Page[] = [
  {
    href: "/dashboard",
    title: "Webhooks",
    icon: Webhook,
    words: "home endpoints urls",
    also: ["/dashboard/webhooks"],
    End: WebhookCount,
  },
  {
    href: "/dashboard/deliveries",
    title: "Deliveries",
    icon: Send,
    words: "attempts log history failed held redeliver",
  },
  {
    href: "/dashboard/events",
    title: "Events",
    icon: Inbox,
    words: "published received unmatched trace search payload",
  },
  {
    href: "/dashboard/agents",
    title: "Agents",
    icon: Bot,
    words: "connect an agent ai assistant mcp chatgpt claude cursor vs code subscriptions",
    isForAgents: true,
  },
  {
    href: "/dashboard/catalogue",
    title: "Event catalogue",
    icon: BookOpen,
    words: "event types schema sample payload",
  },
  {
    href: "/dashboard/signature",
    title: "Signature helper",
    icon: FileCheck2,
    words: "verify hmac secret receivers code",
  },
  {
    href: "/dashboard/keys",
    title: "API keys",
    icon: KeyRound,
    words: "tokens create revoke",
    isForAccounts: true,
  },
  {
    href: "/dashboard/team",
    title: "Team",
    icon: Users,
    words: "members people invite roles password",
    isForAccounts: true,
  },
  {
    href: "/dashboard/audit",
    title: "Audit log",
    icon: History,
    words: "activity changes who history trail export",
  },
  {
    href: "/dashboard/settings",
    title: "Settings",
    icon: Settings,
    words: "theme time zone shortcuts password customer id account retention",
    isElsewhere: true,
  },
];

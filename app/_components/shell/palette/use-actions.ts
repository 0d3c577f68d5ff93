import { KeyRound, LogOut, Monitor, Moon, Plus, Rows2, Rows4, Sun } from "lucide-react";
import { usePreferences } from "@/app/_components/preferences/preferences-provider";
import { useSession } from "@/app/_components/session/session-provider";
import { signOut } from "@/app/_components/session/sign-out";
import type { Command } from "./command";

/** What is done from anywhere. */
export function useActions(go: (href: string) => void): Command[] {
  const { mayChange, isOwner } = useSession();
  const { change } = usePreferences();
  const actions = [
    { title: "Light theme", icon: Sun, run: () => change({ theme: "light" }) },
    { title: "Dark theme", icon: Moon, run: () => change({ theme: "dark" }) },
    { title: "Theme of the system", icon: Monitor, run: () => change({ theme: "system" }) },
    { title: "Compact rows", icon: Rows4, run: () => change({ rowHeight: "compact" }) },
    { title: "Roomy rows", icon: Rows2, run: () => change({ rowHeight: "roomy" }) },
    { title: "Sign out", words: "log out leave", icon: LogOut, run: () => void signOut() },
  ];
  const newWebhook = {
    title: "New webhook",
    words: "add create",
    icon: Plus,
    run: () => go("/dashboard?new=1"),
  };
  const newKey = {
    title: "New API key",
    words: "add create read only token",
    icon: KeyRound,
    run: () => go("/dashboard/keys?new=1"),
  };
  return [...(mayChange ? [newWebhook] : []), ...(isOwner ? [newKey] : []), ...actions].map((action) => ({
    ...action,
    id: `do ${action.title}`,
    group: "Do",
  }));
}

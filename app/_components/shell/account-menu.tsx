"use client";

import { ChevronsUpDown, LogOut, Monitor, Moon, Settings, Sun } from "lucide-react";
import Link from "next/link";
import { usePreferences } from "@/app/_components/preferences/preferences-provider";
import { useSession } from "@/app/_components/session/session-provider";
import { signOut } from "@/app/_components/session/sign-out";
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuLinkItem,
  MenuSeparator,
  MenuTrigger,
} from "@/app/_components/ui/menu";

/** Whose dashboard this is, and what concerns the person: theme, settings, sign out. */
export function AccountMenu() {
  const { customer, user } = useSession();
  const { change } = usePreferences();
  return (
    <Menu>
      <MenuTrigger>
        <button
          type="button"
          className="flex h-8 w-full items-center gap-2.5 rounded-md px-2 text-left text-muted hover:text-ink"
        >
          <span
            aria-hidden
            className="grid size-4 place-items-center rounded bg-off-ground text-[0.625rem] font-semibold"
          >
            {customer.name.slice(0, 1).toUpperCase()}
          </span>
          <span className="min-w-0 grow truncate">{customer.name}</span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint" />
        </button>
      </MenuTrigger>
      <MenuContent align="start">
        <MenuLabel>{user?.email ?? "Signed in by a link"}</MenuLabel>
        <MenuSeparator />
        <MenuItem icon={Monitor} onSelect={() => change({ theme: "system" })}>
          Theme of the system
        </MenuItem>
        <MenuItem icon={Sun} onSelect={() => change({ theme: "light" })}>
          Light
        </MenuItem>
        <MenuItem icon={Moon} onSelect={() => change({ theme: "dark" })}>
          Dark
        </MenuItem>
        <MenuSeparator />
        <MenuLinkItem>
          <Link href="/dashboard/settings">
            <Settings aria-hidden className="size-4 text-faint" />
            <span>Settings</span>
          </Link>
        </MenuLinkItem>
        <MenuItem icon={LogOut} onSelect={signOut}>
          Sign out
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}

"use client";

import Link from "next/link";
import { AccountMenu } from "./account-menu";
import { DashboardBrand } from "./dashboard-brand";
import { Navigation } from "./navigation";
import { SearchButton } from "./search-button";

/** The column at the left of a wide screen. */
export function Sidebar() {
  return (
    <aside
      aria-label="Sidebar"
      className="sticky top-0 hidden h-dvh flex-col gap-0.5 overflow-y-auto border-r border-line bg-sunken px-2.5 py-3.5 lg:flex"
    >
      <Link href="/dashboard" className="rounded-md px-2 pt-1 pb-3.5">
        <DashboardBrand />
      </Link>
      <Navigation />
      <div className="grow" />
      <SearchButton />
      <AccountMenu />
    </aside>
  );
}

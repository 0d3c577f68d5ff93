"use client";

import { Menu, Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Sheet } from "@/app/_components/ui/sheet";
import { AccountMenu } from "./account-menu";
import { DashboardBrand } from "./dashboard-brand";
import { Navigation } from "./navigation";
import { openPalette } from "./palette/palette-state";

/** The bar at the top of a small screen; the navigation opens from it. */
export function TopBar() {
  const path = usePathname();
  // Bound to the page that it was opened on, so that following one of its links closes it.
  const [openOn, setOpenOn] = useState<string | null>(null);
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-1 border-b border-line bg-sunken px-2 lg:hidden">
      <Button look="quiet" size="icon" aria-label="Open the navigation" onClick={() => setOpenOn(path)}>
        <Menu aria-hidden className="size-4" />
      </Button>
      <Link href="/dashboard" className="rounded-md px-1 py-1">
        <DashboardBrand />
      </Link>
      <div className="grow" />
      <Button look="quiet" size="icon" aria-label="Search" onClick={openPalette}>
        <Search aria-hidden className="size-4" />
      </Button>
      <Sheet
        open={openOn === path}
        onOpenChange={(isOpen) => setOpenOn(isOpen ? path : null)}
        title="Navigation"
        side="left"
      >
        <div className="flex h-full flex-col gap-0.5 bg-sunken px-2.5 py-3.5">
          <div className="px-2 pt-1 pb-3.5">
            <DashboardBrand />
          </div>
          <Navigation />
          <div className="grow" />
          <AccountMenu />
        </div>
      </Sheet>
    </header>
  );
}

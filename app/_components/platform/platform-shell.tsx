"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Brand } from "@/app/_components/shell/brand";
import { Button } from "@/app/_components/ui/button";
import { classNames } from "@/app/_components/ui/class-names";
import { toast } from "@/app/_components/ui/toast";
import { sitePath } from "@/app/_components/url/site-path";
import { trpc } from "@/app/_trpc/client";
import { PauseBanner } from "./pause-banner";

const pages = [
  { href: "/platform", title: "Customers" },
  { href: "/platform/find", title: "Find" },
  { href: "/platform/delivery", title: "Delivery" },
];

/** What surrounds every page for operators: where they are, who they are, and that all delivery is held. */
export function PlatformShell({ children }: { children: ReactNode }) {
  return (
    <>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:border focus:border-line-strong focus:bg-panel focus:px-3 focus:py-1.5"
      >
        Skip to the content
      </a>
      <header className="border-b border-line bg-sunken">
        <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-5 gap-y-1 px-4 py-2.5 sm:px-7">
          <Link href="/platform" className="flex items-center gap-2 rounded-md">
            <Brand />
            <span className="text-muted">Platform</span>
          </Link>
          <Navigation />
          <div className="grow" />
          <Operator />
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto max-w-7xl px-4 py-5 outline-none sm:px-7">
        <PauseBanner />
        <div>{children}</div>
      </main>
    </>
  );
}

function Navigation() {
  const path = usePathname();
  return (
    <nav aria-label="Main" className="flex gap-1">
      {pages.map(({ href, title }) => (
        <Link
          key={href}
          href={href}
          aria-current={path === href ? "page" : undefined}
          className={classNames(
            "flex h-8 items-center rounded-md px-2",
            path === href ? "bg-hover font-medium text-ink" : "text-muted hover:text-ink",
          )}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}

function Operator() {
  const { data } = trpc.platform.session.useQuery();
  return (
    <div className="flex items-center gap-2">
      <span className="text-sm text-muted">
        <span>Signed in as </span>
        <span className="font-medium text-ink">{data?.operator}</span>
      </span>
      <Button size="small" look="quiet" onClick={signOut}>
        Sign out
      </Button>
    </div>
  );
}

/** With a full load, so that nothing stays in memory. */
async function signOut(): Promise<void> {
  const answer = await fetch(sitePath("/api/auth/platform/sign-out"), { method: "POST" });
  if (answer.ok) window.location.assign(sitePath("/platform/sign-in"));
  else toast.error("Signing out did not work. Try again.");
}

"use client";

import type { ReactNode } from "react";
import { type ServerFacts, ServerFactsProvider } from "@/app/_components/facts/server-facts";
import { ShortcutSheetOnDemand } from "@/app/_components/keyboard/shortcut-sheet-on-demand";
import { LiveProvider } from "@/app/_components/live/live-provider";
import { OfflineNotice } from "@/app/_components/live/offline-notice";
import { type Session, SessionProvider } from "@/app/_components/session/session-provider";
import { PaletteOnDemand } from "./palette/palette-on-demand";
import { Sidebar } from "./sidebar";
import { TabTitle } from "./tab-title";
import { TopBar } from "./top-bar";
import { UpgradeNotice } from "./upgrade-notice";
import { WorkerNotice } from "./worker-notice";

/** What surrounds every page of the dashboard: navigation, palette, shortcuts, and the live stream. */
export function Shell({
  session,
  facts,
  children,
}: {
  session: Session;
  facts: ServerFacts;
  children: ReactNode;
}) {
  return (
    <SessionProvider session={session}>
      <ServerFactsProvider facts={facts}>
        <LiveProvider>
          <a
            href="#main"
            className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:border focus:border-line-strong focus:bg-panel focus:px-3 focus:py-1.5"
          >
            Skip to the content
          </a>
          <div className="lg:grid lg:min-h-dvh lg:grid-cols-[13rem_minmax(0,1fr)]">
            <Sidebar />
            <TopBar />
            <main id="main" tabIndex={-1} className="max-w-7xl px-4 py-5 outline-none sm:px-7">
              <UpgradeNotice />
              <WorkerNotice />
              {children}
            </main>
          </div>
          <TabTitle />
          <OfflineNotice />
          <PaletteOnDemand />
          <ShortcutSheetOnDemand />
        </LiveProvider>
      </ServerFactsProvider>
    </SessionProvider>
  );
}

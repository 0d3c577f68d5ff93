import "./globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { EarlyPresses } from "./_components/early-presses/early-presses";
import { ReplayPresses } from "./_components/early-presses/replay-presses";
import { readPreferences } from "./_components/preferences/preferences";
import { PreferencesProvider } from "./_components/preferences/preferences-provider";
import { NowProvider } from "./_components/time/now";
import { CopyByHand } from "./_components/ui/copy-by-hand";
import { Toaster } from "./_components/ui/toaster";

export const metadata: Metadata = {
  title: { default: "Fanfare", template: "%s · Fanfare" },
  description: "Webhooks that you can trust, and see through.",
};

export const viewport: Viewport = { colorScheme: "light dark", width: "device-width", initialScale: 1 };

/** The page around every page. The theme comes from a cookie, so that it is right in the first byte drawn. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const preferences = readPreferences((name) => jar.get(name)?.value);
  return (
    <html
      lang="en"
      data-theme={preferences.theme}
      data-rows={preferences.rowHeight}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body>
        <EarlyPresses />
        <PreferencesProvider initial={preferences}>
          <NowProvider serverNow={Date.now()}>
            {children}
            <Toaster />
            <CopyByHand />
            <ReplayPresses />
          </NowProvider>
        </PreferencesProvider>
      </body>
    </html>
  );
}

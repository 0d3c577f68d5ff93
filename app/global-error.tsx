"use client";

import "./globals.css";
import { ErrorPage } from "./_components/error/error-page";

/** The last resort: not even the page around every page could be drawn. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en" data-theme="system">
      <body>
        <main className="mx-auto max-w-3xl px-4 py-10">
          <ErrorPage error={error} />
        </main>
      </body>
    </html>
  );
}

"use client";

import { ErrorPage } from "./_components/error/error-page";

/** Where the surroundings of a page broke, too. */
export default function WholePageError({ error }: { error: Error & { digest?: string } }) {
  return (
    <main className="mx-auto max-w-3xl px-4 py-10">
      <ErrorPage error={error} />
    </main>
  );
}

"use client";

import { Problem } from "@/app/_components/ui/problem";

/** A page that broke: say so, and let the person try again. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const code = error.digest ? ` (${error.digest})` : "";
  return <Problem message={`This page could not be shown${code}. Nothing was changed.`} onRetry={reset} />;
}

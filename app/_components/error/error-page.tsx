"use client";

import { Problem } from "@/app/_components/ui/problem";
import { MissingPart } from "@/app/_components/upgrade/or-reload";

/** A page that broke: says so, and loads it anew. To draw it again would find again what failed to load. */
export function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  const code = error.digest ? ` (${error.digest})` : "";
  const sentence = `This page could not be shown${code}. Nothing was changed.`;
  return (
    <Problem
      message={error instanceof MissingPart ? error.message : sentence}
      onRetry={() => window.location.reload()}
    />
  );
}

"use client";

import { useNow } from "@/app/_components/time/now";
import { formatSpan } from "@/app/_components/time/span";
import { useTimeZone } from "@/app/_components/time/time-zone";
import type { WebhookStats } from "@/app/_components/webhook/page/types";

/** The times of a chart in words: a bar's, and the whole of it. */
export function useSpans({ from, to }: Pick<WebhookStats, "from" | "to">) {
  const zone = useTimeZone();
  const now = useNow();
  const words = (start: string, end: string) => formatSpan(Date.parse(start), Date.parse(end), now, zone);
  return {
    spanOf: ({ start, end }: { start: string; end: string }) => words(start, end),
    wholeSpan: words(from, to),
  };
}

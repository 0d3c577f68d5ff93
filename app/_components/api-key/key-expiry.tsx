"use client";

import { CircleX, Clock } from "lucide-react";
import { formatAge } from "@/app/_components/time/format";
import { useNow } from "@/app/_components/time/now";
import { RelativeTime } from "@/app/_components/time/relative-time";
import { Badge } from "@/app/_components/ui/badge";

/** From so long before its end on, a key is pointed out. */
const soonMs = 14 * 24 * 60 * 60 * 1000;

/** When a key comes to its end: pointed out when that is soon, and when it is over. */
export function KeyExpiry({ at }: { at: string | null }) {
  const now = useNow();
  if (at === null) return <span className="text-faint">never</span>;
  const leftMs = Date.parse(at) - now;
  if (leftMs > soonMs) return <RelativeTime at={at} />;
  if (leftMs > 0) return <Badge tone="warn" icon={Clock}>{`expires in ${formatAge(leftMs)}`}</Badge>;
  return <Badge tone="bad" icon={CircleX}>{`expired ${formatAge(-leftMs)} ago`}</Badge>;
}

"use client";

import { TriangleAlert } from "lucide-react";
import { formatAge, formatDuration } from "@/app/_components/time/format";
import { useNow } from "@/app/_components/time/now";
import type { Webhook } from "./types";

type Warning = Webhook["warnings"][number];

/** What a webhook comes close to, a quiet line each: nothing has failed yet. */
export function WarningLines({ webhook }: { webhook: Webhook }) {
  const now = useNow();
  if (webhook.warnings.length === 0) return null;
  return (
    <ul aria-label="Warnings" className="grid gap-0.5">
      {webhook.warnings.map((warning) => (
        <li key={warning.code} className="flex items-start gap-1.5 text-sm text-warn">
          <TriangleAlert aria-hidden className="mt-[3px] size-3.5 shrink-0" />
          <span>{sentenceOf(warning, now)}</span>
        </li>
      ))}
    </ul>
  );
}

function sentenceOf({ code, expires_at, p95_ms, since }: Warning, now: number): string {
  if (code === "slow")
    return `Slow for ${formatAge(now - Date.parse(since))}: 95 % take up to ${formatDuration(p95_ms ?? 0)}, over half of the timeout.`;
  const leftMs = Date.parse(expires_at ?? "") - now;
  const what =
    code === "client_certificate_expiring" ? "Its client certificate" : "The certificate seen last";
  if (leftMs <= 0) return `${what} expired ${formatAge(-leftMs)} ago.`;
  return `${what} expires in ${formatAge(leftMs)}.`;
}

"use client";

import { formatDuration } from "@/app/_components/time/format";
import type { Attempt } from "./types";

const dayMs = 24 * 60 * 60 * 1000;

/** How long an attempt took, and what is known of the other end: address, TLS, days until the certificate ends. */
export function PeerFacts({ attempt }: { attempt: Attempt }) {
  const peer = attempt.details?.peer;
  const facts = [
    formatDuration(attempt.duration_ms),
    peer?.address,
    peer?.tls_version,
    peer?.certificate_expires_at && certificateWords(peer.certificate_expires_at, attempt.started_at),
    peer?.reused && "kept-alive connection",
    peer?.resent && "sent twice: the kept connection turned out to be closed",
    attempt.reason !== "scheduled" && attempt.reason,
  ].filter(Boolean);
  return <span className="text-muted">{facts.join(" · ")}</span>;
}

function certificateWords(expiresAt: string, seenAt: string): string {
  const days = Math.floor((Date.parse(expiresAt) - Date.parse(seenAt)) / dayMs);
  if (days < 0) return "certificate expired";
  return `certificate ${days} ${days === 1 ? "day" : "days"}`;
}

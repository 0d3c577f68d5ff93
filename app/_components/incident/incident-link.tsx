"use client";

import Link from "next/link";
import { useNow } from "@/app/_components/time/now";
import { useTimeZone } from "@/app/_components/time/time-zone";
import { spanWords } from "./incident-words";
import type { Incident } from "./types";

/** When an incident was, which leads to its page. */
export function IncidentLink({ incident }: { incident: Incident }) {
  return (
    <Link
      href={`/dashboard/webhooks/${incident.webhook_id}/incidents/${incident.id}`}
      className="text-accent underline underline-offset-2"
    >
      {spanWords(incident, useNow(), useTimeZone())}
    </Link>
  );
}

"use client";

import { useNow } from "@/app/_components/time/now";
import { trpc } from "@/app/_trpc/client";
import type { Incident } from "./types";

/** So long after its end an incident is news. */
const newsMs = 24 * 60 * 60_000;

/** A webhook's incident that lasts, or ended in the last 24 hours, counted as of now. */
export function useLatestIncident(webhookId: string): Incident | null {
  const now = useNow();
  const { data: incidents } = trpc.incidents.list.useQuery({ webhook_id: webhookId });
  const latest = incidents?.[0];
  const isNews =
    latest !== undefined && (latest.ended_at === null || now - Date.parse(latest.ended_at) < newsMs);
  const { data: counted } = trpc.incidents.get.useQuery(
    { webhook_id: webhookId, incident_id: latest?.id ?? "" },
    { enabled: isNews },
  );
  return isNews ? (counted ?? latest) : null;
}

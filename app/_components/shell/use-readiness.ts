"use client";

import { useQuery } from "@tanstack/react-query";
import { sitePath } from "@/app/_components/url/site-path";

export type Readiness = {
  version: string;
  last_worker_beat_age_ms: number | null;
  delivery_paused_since: string | null;
};

const askEveryMs = 10_000;

/** What the server tells of itself, asked for again and again. */
export const useReadiness = () =>
  useQuery({ queryKey: ["readiness"], queryFn: askForReadiness, refetchInterval: askEveryMs });

async function askForReadiness(): Promise<Readiness> {
  const answer = await fetch(sitePath("/readyz"));
  if (!answer.ok) throw new Error("Fanfare does not answer.");
  return answer.json();
}

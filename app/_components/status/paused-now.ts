import type { Outputs } from "@/app/_trpc/client";

type Webhook = Outputs["webhooks"]["get"];

/** Whether a pause holds at this moment: one with an end is over by itself, before the server is asked again. */
export function isPausedNow(webhook: Pick<Webhook, "is_paused" | "paused_until">, now: number): boolean {
  const { is_paused, paused_until } = webhook;
  return is_paused && (paused_until === null || Date.parse(paused_until) > now);
}

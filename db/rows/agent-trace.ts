import type { Skipped } from "@/domain/event/fan-out";

/**
 * Why a subscription has no delivery of its customer's event, of a type that it asks for: by what stands in the audience's
 * row of that event, if there is one.
 */
export function whyNotSent(
  event: { key: number; skipped: Skipped[] },
  webhook: { key: number; afterEvent: number },
): string {
  const [, reason, why] = event.skipped.find(([key]) => key === webhook.key) ?? [];
  if (reason === "filtered") return why ?? "its arguments asked for other content";
  if (reason === "inactive") return "it was switched off";
  return event.key <= webhook.afterEvent ? "it was subscribed later" : "its delivery is not kept any more";
}

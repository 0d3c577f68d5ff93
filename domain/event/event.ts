/**
 * The exact text of an event's body: made once, stored once, signed and sent as it is.
 * `dataJson` is the JSON text of the event's data.
 */
export function eventBody(event: { id: string; type: string; createdAt: number; dataJson: string }): string {
  const createdAt = new Date(event.createdAt).toISOString();
  return `{"id":${JSON.stringify(event.id)},"type":${JSON.stringify(event.type)},"created_at":"${createdAt}","data":${event.dataJson}}`;
}

/** Why a webhook that existed when an event was accepted got no delivery of it. */
export type SkipReason = "inactive" | "not_subscribed" | "about_itself";

/** Fan-out: contract rule 1. A webhook gets the event when it is active and lists the type. */
export function matchWebhook(
  webhook: { isActive: boolean; events: readonly string[] },
  eventType: string,
): "match" | SkipReason {
  if (!webhook.events.includes(eventType)) return "not_subscribed";
  return webhook.isActive ? "match" : "inactive";
}

/** What the platform's own webhook is told about its customers' webhooks. */
export const systemEventTypes = [
  "webhook.failing",
  "webhook.recovered",
  "webhook.disabled",
  "delivery.failed",
] as const;

import { z } from "zod";
import { tool } from "../tool";

export const listWebhooks = tool({
  name: "list_webhooks",
  title: "List webhooks",
  description:
    "Lists the customer's webhooks with how each fares (healthy, degraded, failing, disabled or paused). Start here to learn webhook ids.",
  input: z.object({}),
  isReadOnly: true,
  async run({ api, links }) {
    const webhooks = await api.webhooks.list();
    return {
      webhooks: webhooks.map((webhook) => ({
        webhook_id: webhook.id,
        webhook_url: webhook.webhook_url,
        description: webhook.description,
        status: webhook.status,
        health: webhook.health.state,
        failing_since: webhook.health.since,
        is_paused: webhook.is_paused,
        paused_until: webhook.paused_until,
        disabled_reason: webhook.disabled_reason,
        warnings: webhook.warnings.map(({ code }) => code),
        events: webhook.events,
        last_delivery_at: webhook.last_delivery_at,
        last_delivery_status: webhook.last_delivery_status,
        link: links.webhook(webhook.id),
      })),
    };
  },
});

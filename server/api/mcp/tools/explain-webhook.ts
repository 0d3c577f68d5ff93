import { z } from "zod";
import { webhookId } from "../../inputs";
import { diagnosed } from "../explained";
import { tool } from "../tool";
import { untrusted } from "../untrusted";

export const explainWebhook = tool({
  name: "explain_webhook",
  title: "Explain a webhook",
  description:
    "Tells why a webhook's deliveries fail: the diagnosis with its next step, what came back how often, what waits, when the next attempt is made and when the webhook would be switched off.",
  input: z.object({ webhook_id: webhookId }),
  isReadOnly: true,
  async run({ api, links }, { webhook_id }) {
    const [webhook, why, { queue }] = await Promise.all([
      api.webhooks.get({ webhook_id }),
      api.webhooks.explain({ webhook_id }),
      api.stats.webhook({ webhook_id }),
    ]);
    return {
      webhook_id,
      webhook_url: webhook.webhook_url,
      status: webhook.status,
      health: webhook.health,
      disabled_reason: webhook.disabled_reason,
      diagnosis: why.diagnosis && diagnosed(why.diagnosis),
      answer: why.answer === null ? null : untrusted(why.answer),
      failing_since: why.failing_since,
      failures_in_a_row: why.failures_in_a_row,
      outcomes: why.outcomes,
      last_success_at: why.last_success_at,
      forecast: {
        waiting: queue.pending_count,
        held: queue.held,
        next_probe_at: queue.next_probe_at,
        switched_off_at_the_earliest: queue.disables_at,
        failures_until_then: queue.failures_to_disable,
        what_waits_expires_from: queue.safe_until,
      },
      warnings: webhook.warnings,
      link: links.webhook(webhook_id),
      failed_delivery: why.event_id === null ? null : links.delivery(webhook_id, why.event_id),
    };
  },
});

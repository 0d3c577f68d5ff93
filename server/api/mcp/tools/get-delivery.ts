import { z } from "zod";
import { eventId, webhookId } from "../../inputs";
import { outcomeTold } from "../explained";
import { tool } from "../tool";
import { untrusted } from "../untrusted";

const mostAttempts = 10;

export const getDelivery = tool({
  name: "get_delivery",
  title: "Get a delivery",
  description:
    "Shows one delivery with its latest attempts, what came back, and why it failed. The payload, which may hold names and birth dates, only when it is asked for.",
  input: z.object({
    webhook_id: webhookId,
    event_id: eventId,
    include_payload: z.boolean().default(false),
  }),
  isReadOnly: true,
  async run({ api, links }, { include_payload, ...named }) {
    const delivery = await api.deliveries.get(named);
    const { webhook_id, event_id } = named;
    return {
      event_id,
      webhook_id,
      event_type: delivery.event_type,
      timestamp: delivery.timestamp,
      status: delivery.status,
      status_code: delivery.status_code,
      attempt_count: delivery.attempt_count,
      next_attempt_at: delivery.next_attempt_at,
      held: delivery.held,
      is_test: delivery.is_test,
      ...outcomeTold(delivery),
      attempts: delivery.attempts.slice(0, mostAttempts).map((attempt) => ({
        number: attempt.number,
        started_at: attempt.started_at,
        duration_ms: attempt.duration_ms,
        status_code: attempt.status_code,
        error: attempt.error?.code ?? null,
        reason: attempt.reason,
      })),
      answer: delivery.response ? untrusted(delivery.response.body) : null,
      ...(include_payload && delivery.request && { payload: untrusted(delivery.request.payload) }),
      link: links.delivery(webhook_id, event_id),
    };
  },
});

import { z } from "zod";
import { deliveryStatuses } from "@/domain/delivery/decide";
import { eventType, statusCode, webhookId } from "../../inputs";
import { findFields } from "../find-fields";
import { tool } from "../tool";

export const findDeliveries = tool({
  name: "find_deliveries",
  title: "Find deliveries",
  description:
    "Finds deliveries, newest first, by webhook, status, event type, HTTP status, time, or what their payload holds (`data.case_id = C-42`, or words).",
  input: z.object({
    webhook_id: webhookId.optional(),
    status: z.enum(deliveryStatuses).optional(),
    event_type: eventType.optional(),
    status_code: statusCode.optional(),
    ...findFields,
  }),
  isReadOnly: true,
  async run({ api, links }, { limit, ...filter }) {
    const page = await api.deliveries.list({ ...filter, content: false, page_size: limit });
    return {
      deliveries: page.items.map((delivery) => ({
        event_id: delivery.id,
        webhook_id: delivery.webhook_id,
        event_type: delivery.event_type,
        timestamp: delivery.timestamp,
        status: delivery.status,
        status_code: delivery.status_code,
        attempt_count: delivery.attempt_count,
        next_attempt_at: delivery.next_attempt_at,
        held: delivery.held,
        error: delivery.error?.code ?? null,
        link: links.delivery(delivery.webhook_id, delivery.id),
      })),
      next_cursor: page.next_cursor,
    };
  },
});

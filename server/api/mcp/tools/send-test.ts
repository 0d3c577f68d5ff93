import { z } from "zod";
import { eventType, webhookId } from "../../inputs";
import { outcomeTold } from "../explained";
import { tool } from "../tool";
import { untrusted } from "../untrusted";

export const sendTest = tool({
  name: "send_test",
  title: "Send a test",
  description:
    "Sends a webhook one test event with the catalogue's sample data, and tells what came back and what that means. Tests are never retried.",
  input: z.object({ webhook_id: webhookId, event_type: eventType }),
  isReadOnly: false,
  async run({ api, links }, asked) {
    const delivery = await api.webhooks.test(asked);
    return {
      status: delivery.status,
      status_code: delivery.status_code,
      ...outcomeTold(delivery),
      answer: delivery.response ? untrusted(delivery.response.body) : null,
      link: links.delivery(asked.webhook_id, delivery.id),
    };
  },
});

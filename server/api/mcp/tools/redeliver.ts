import { z } from "zod";
import { eventId, webhookId } from "../../inputs";
import { tool } from "../tool";

export const redeliver = tool({
  name: "redeliver",
  title: "Redeliver",
  description: "Sends one delivery again, now. Its receiver gets the event once more.",
  input: z.object({ webhook_id: webhookId, event_id: eventId }),
  isReadOnly: false,
  async run({ api, links }, named) {
    await api.deliveries.redeliver(named);
    return { is_due: true, link: links.delivery(named.webhook_id, named.event_id) };
  },
});

import { z } from "zod";
import { time, webhookId } from "../../inputs";
import { tool } from "../tool";

export const pauseWebhook = tool({
  name: "pause_webhook",
  title: "Pause a webhook",
  description:
    "Holds what a webhook would be sent, until a time or until it is resumed. Nothing is lost meanwhile.",
  input: z.object({
    webhook_id: webhookId,
    paused_until: time.optional().describe("When it resumes by itself; by hand when absent"),
  }),
  isReadOnly: false,
  isIdempotent: true,
  async run({ api, links }, asked) {
    const { is_paused, paused_until } = await api.webhooks.pause(asked);
    return { is_paused, paused_until, link: links.webhook(asked.webhook_id) };
  },
});

import { z } from "zod";
import { webhookId } from "../../inputs";
import { tool } from "../tool";

export const resumeWebhook = tool({
  name: "resume_webhook",
  title: "Resume a webhook",
  description: "Ends a webhook's pause: what was held goes out.",
  input: z.object({ webhook_id: webhookId }),
  isReadOnly: false,
  isIdempotent: true,
  async run({ api, links }, { webhook_id }) {
    const { is_paused } = await api.webhooks.resume({ webhook_id });
    return { is_paused, link: links.webhook(webhook_id) };
  },
});

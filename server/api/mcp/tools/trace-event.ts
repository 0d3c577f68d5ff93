import { z } from "zod";
import { eventId } from "../../inputs";
import { tool } from "../tool";
import { quoting, untrusted } from "../untrusted";

export const traceEvent = tool({
  name: "trace_event",
  title: "Trace an event",
  description:
    "Tells what came of one event, webhook by webhook and agent by agent: delivered, failed, waiting, or why it was not sent there.",
  input: z.object({ event_id: eventId, include_data: z.boolean().default(false) }),
  isReadOnly: true,
  async run({ api, links }, { event_id, include_data }) {
    const event = await api.events.get({ event_id });
    return {
      event_id,
      type: event.type,
      created_at: event.created_at,
      is_test: event.is_test,
      webhooks: event.webhooks.map(({ delivery, why, ...trace }) => ({
        ...trace,
        why: told(why),
        status: delivery?.status ?? null,
        status_code: delivery?.status_code ?? null,
        attempt_count: delivery?.attempt_count ?? 0,
        next_attempt_at: delivery?.next_attempt_at ?? null,
        held: delivery?.held ?? null,
        error: delivery?.error?.code ?? null,
        link: delivery ? links.delivery(trace.webhook_id, event_id) : links.webhook(trace.webhook_id),
      })),
      agents: event.agents.map(({ agent_id, callback_url, delivery, why }) => ({
        agent_id,
        callback_host: new URL(callback_url).host,
        status: delivery?.status ?? null,
        status_code: delivery?.status_code ?? null,
        attempt_count: delivery?.attempt_count ?? 0,
        next_attempt_at: delivery?.next_attempt_at ?? null,
        error: delivery?.error?.code ?? null,
        why: told(why),
      })),
      ...(include_data && { data: untrusted(JSON.stringify(event.data)) }),
      link: links.event(event_id),
    };
  },
});

/** Why it was not sent there, in which its content is quoted. */
const told = (why: string | null) => (why === null ? null : quoting(why));

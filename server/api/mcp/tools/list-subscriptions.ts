import { z } from "zod";
import { explained } from "../explained";
import { tool } from "../tool";
import { untrusted } from "../untrusted";

export const listSubscriptions = tool({
  name: "list_subscriptions",
  title: "List subscriptions",
  description:
    "Lists what agents of the customer subscribed to, of every key: which events, asked for with which arguments, until when, and how sending them fares. To subscribe, a client asks events/subscribe; no tool does.",
  input: z.object({}),
  isReadOnly: true,
  async run({ api, links }) {
    const agents = await api.agents.list();
    return {
      subscriptions: agents.map((agent) => ({
        agent_id: agent.id,
        event_type: agent.event_type,
        arguments: agent.arguments,
        client: agent.client === null ? null : untrusted(agent.client),
        key: agent.key?.name ?? agent.key?.prefix ?? null,
        // Whose address it is can be told by the host; the rest may be what keeps others from guessing it.
        callback_host: new URL(agent.callback_url).host,
        is_active: agent.is_active,
        health: agent.health.state,
        failure: agent.failure && explained(agent.failure),
        last_delivery_at: agent.last_delivery_at,
        waiting: agent.pending_count,
        expires_at: agent.expires_at,
      })),
      link: links.agents,
    };
  },
});

import { z } from "zod";
import { eventType } from "../../inputs";
import { findFields } from "../find-fields";
import { tool } from "../tool";
import { untrusted } from "../untrusted";

export const findEvents = tool({
  name: "find_events",
  title: "Find events",
  description:
    "Finds published events, newest first, also those that went to no webhook, by type, time, or what their data holds (`data.case_id = C-42`, or words).",
  input: z.object({
    type: eventType.optional(),
    ...findFields,
  }),
  isReadOnly: true,
  async run({ api, links }, { limit, ...filter }) {
    const page = await api.events.list({ ...filter, page_size: limit });
    return {
      events: page.items.map((event) => ({
        event_id: event.id,
        type: event.type,
        created_at: event.created_at,
        webhooks_matched: event.deliveries,
        outcomes: event.outcomes,
        ...(event.hit && { found_at: event.hit.path, excerpt: untrusted(event.hit.excerpt) }),
        link: links.event(event.id),
      })),
      next_cursor: page.next_cursor,
    };
  },
});

import { z } from "zod";
import { text } from "../../inputs";
import { platformProcedure } from "../../trpc";
import { findView, toFindView } from "../../views/platform";

/** What has an id, of whichever customer: an event with its deliveries, a webhook, or a customer. */
export const findAnywhere = platformProcedure
  .input(z.object({ id: text(255).trim().min(1) }))
  .output(z.array(findView))
  .query(async ({ ctx, input: { id } }) => {
    const { store } = ctx.runtime;
    const views = [];
    for (const find of await store.findAnywhere(id)) {
      const event = find.kind === "event" ? await store.getEvent(find.customer.id, find.eventId) : null;
      views.push(toFindView(find, event?.traces ?? []));
    }
    return views;
  });

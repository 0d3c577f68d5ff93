import { z } from "zod";
import { deliveryStatuses } from "@/domain/delivery/decide";
import { notFound } from "@/domain/errors";
import { eventType, page, search, searchCursor, time, toMs, webhookId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { deliveryView, toDeliveryView } from "../../views/delivery";
import { hitView, searchedView, toSearchedView } from "../../views/search";

/** Deliveries of one or all of the customer's webhooks, newest first. Only a missing cursor is the end. */
export const listDeliveries = readProcedure
  .input(
    z
      .object({
        webhook_id: webhookId.optional(),
        status: z.enum(deliveryStatuses).optional(),
        event_type: eventType.optional(),
        code_class: z
          .literal([0, 2, 3, 4, 5])
          .describe("First digit of the latest attempt's HTTP status; 0 when no answer came")
          .optional(),
        since: time.optional(),
        until: time.optional(),
        ...search,
        content: z.boolean().default(true).describe("Whether to include request and response"),
        details: z.boolean().default(false).meta({ dashboardOnly: true }),
        ...page(searchCursor("number")),
      })
      .prefault({}),
  )
  .output(
    z.object({
      items: z.array(deliveryView.extend({ hit: hitView })),
      next_cursor: z.string().nullable(),
      ...searchedView,
    }),
  )
  .query(async ({ ctx, input }) => {
    const { content, details } = input;
    const found = await ctx.runtime.store.listDeliveries(ctx.customerId, {
      webhookId: input.webhook_id,
      status: input.status,
      eventType: input.event_type,
      codeClass: input.code_class,
      since: toMs(input.since),
      until: toMs(input.until),
      text: input.text,
      isDirect: input.payloads,
      content,
      pageSize: input.page_size,
      cursor: input.cursor,
    });
    if (!found) throw notFound("webhook");
    return {
      items: found.items.map(({ hit, ...delivery }) => ({ ...toDeliveryView(delivery, { details }), hit })),
      next_cursor: found.next,
      ...toSearchedView(found),
    };
  });

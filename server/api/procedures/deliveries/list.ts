import { z } from "zod";
import { deliveryStatuses } from "@/domain/delivery/decide";
import { recoveryOutcomes } from "@/domain/delivery/recovery";
import { notFound } from "@/domain/errors";
import {
  codeClass,
  eventType,
  page,
  recoveryId,
  search,
  searchCursor,
  statusCode,
  time,
  toMs,
  webhookId,
} from "../../inputs";
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
        code_class: codeClass.optional(),
        status_code: statusCode.optional(),
        since: time.optional(),
        until: time.optional(),
        ...search,
        recovery_id: recoveryId.describe("What this recovery made due").optional(),
        outcome: z
          .enum(recoveryOutcomes)
          .describe("What became of it since; with recovery_id only")
          .optional(),
        content: z.boolean().default(true).describe("Whether to include request and response"),
        details: z.boolean().default(false).meta({ dashboardOnly: true }),
        ...page(searchCursor("number")),
      })
      .refine(({ recovery_id, outcome }) => !outcome || recovery_id, {
        path: ["outcome"],
        message: "Needs a recovery_id.",
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
      statusCode: input.status_code,
      since: toMs(input.since),
      until: toMs(input.until),
      text: input.text,
      recoveryId: input.recovery_id,
      outcome: input.outcome,
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

import { z } from "zod";
import type { AttemptFilter } from "@/db/store";
import { deliveryStatuses } from "@/domain/delivery/decide";
import { errorCodes } from "@/domain/delivery/outcome";
import { recoveryOutcomes } from "@/domain/delivery/recovery";
import { notFound } from "@/domain/errors";
import {
  codeClass,
  eventType,
  isCursorOfSearch,
  page,
  recoveryId,
  search,
  searchCursor,
  statusCode,
  time,
  toMs,
  webhookId,
  wrongCursor,
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
        attempted_since: time
          .describe(
            "Only deliveries of which an attempt began in a time, as charts count them; with attempted_until",
          )
          .optional(),
        attempted_until: time.describe("The first moment after that time").optional(),
        attempt_outcome: z.enum(["delivered", "failed"]).describe("What such an attempt came to").optional(),
        attempt_answer: z
          .union([z.stringFormat("status", /^[1-5]\d\d$/), z.enum(errorCodes)])
          .describe(
            "What such an attempt was answered: an HTTP status, or the code of an error without an answer",
          )
          .optional(),
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
      .refine(isCursorOfSearch, wrongCursor)
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
      attempted: attemptedOf(input),
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

function attemptedOf(input: {
  attempted_since?: string;
  attempted_until?: string;
  attempt_outcome?: "delivered" | "failed";
  attempt_answer?: string;
}): AttemptFilter | undefined {
  const { attempted_since: since, attempted_until: until, attempt_outcome: outcome } = input;
  if (since === undefined || until === undefined) return undefined;
  const code = input.attempt_answer;
  const answer =
    errorCodes.find((known) => known === code) ?? (code === undefined ? undefined : Number(code));
  return { since: Date.parse(since), until: Date.parse(until), outcome, answer };
}

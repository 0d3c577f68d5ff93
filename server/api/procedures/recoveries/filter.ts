import { z } from "zod";
import type { RecoveryRequest } from "@/db/store";
import { recoverableKinds } from "@/domain/delivery/recovery";
import { codeClass, eventType, statusCode, time, toMs, webhookId } from "../../inputs";

/** Which deliveries are sent again. What is left out narrows nothing, so a field that is not known is refused. */
export const recoveryFilter = z
  .strictObject({
    webhook_id: webhookId.optional().describe("All active webhooks of the customer when absent"),
    since: time.describe("When their events were accepted; all that is kept when absent").optional(),
    until: time.describe("Now when absent").optional(),
    include: z
      .array(z.enum(recoverableKinds))
      .min(1)
      .transform((include) => [...new Set(include)])
      .default(["failed"])
      .describe(
        "missed = matched the filter while the webhook was inactive or did not exist yet; delivered and cancelled ones are sent once more",
      ),
    event_types: z
      .array(eventType)
      .min(1)
      .max(100)
      .transform((types) => [...new Set(types)])
      .optional(),
    code_class: codeClass.optional(),
    status_code: statusCode.optional(),
  })
  .refine(({ since, until }) => !since || !until || Date.parse(since) <= Date.parse(until), {
    path: ["until"],
    message: "Must not be before since.",
  });

/** The filter as the store wants it. */
export const toRequest = (filter: z.infer<typeof recoveryFilter>): RecoveryRequest => ({
  since: toMs(filter.since) ?? 0,
  until: toMs(filter.until) ?? null,
  include: filter.include,
  types: filter.event_types,
  codeClass: filter.code_class,
  statusCode: filter.status_code,
});

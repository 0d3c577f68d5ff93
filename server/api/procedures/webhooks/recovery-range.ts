import { z } from "zod";
import type { Recoverable } from "@/db/store";
import { tooMany } from "@/domain/errors";
import { time, webhookId } from "../../inputs";

const kinds = z.enum(["failed", "missed"]);

/** Which deliveries of a webhook are sent again. */
export const recoveryRange = z
  .strictObject({
    webhook_id: webhookId,
    since: time,
    until: time.describe("Now when absent").optional(),
    include: z
      .array(kinds)
      .min(1)
      .transform((include) => [...new Set(include)])
      .default(["failed"])
      .describe("missed = matched the filter while the webhook was inactive or did not exist yet"),
  })
  .refine(({ since, until }) => until === undefined || Date.parse(since) <= Date.parse(until), {
    path: ["until"],
    message: "Must not be before since.",
  });

/** The range as the store wants it. */
export const toStoreRange = (range: z.infer<typeof recoveryRange>) => ({
  since: Date.parse(range.since),
  until: range.until === undefined ? null : Date.parse(range.until),
  include: range.include,
});

export const isComplete = z
  .boolean()
  .describe(
    "False when only the first 100,000 events of the range were counted: then there are at least as many",
  );

export const refusedPart = z
  .object({ status_code: z.int(), count: z.int(), oldest_event_id: z.string() })
  .nullable()
  .describe(
    "The largest part of them whose content was last refused with one status (400, 409, 413, 415, 422), which may well be again: redeliver one first. Null when none was",
  );

export const toRefusedPart = (refused: Recoverable["refused"]): z.infer<typeof refusedPart> =>
  refused && {
    status_code: refused.statusCode,
    count: refused.count,
    oldest_event_id: refused.oldestEventId,
  };

export const tooManyCounts = () =>
  tooMany("Too many recoveries are being counted for this customer. Wait for one to end.", 1);

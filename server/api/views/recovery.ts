import { z } from "zod";
import type { Recovery } from "@/db/store";
import {
  type RecoveryOutcome,
  recoverableKinds,
  recoveryKinds,
  recoveryStates,
} from "@/domain/delivery/recovery";
import { isComplete, refusedPart } from "../procedures/webhooks/recovery-range";
import { isoTime, nullableIsoTime, timeView } from "./time";

const kindCounts = z.object(
  Object.fromEntries(recoveryKinds.map((kind) => [kind, z.int()])) as Record<
    (typeof recoveryKinds)[number],
    z.ZodInt
  >,
);

export const startedRecoveryView = z.object({
  id: z.uuid(),
  count: z.int().describe("Deliveries to send again"),
  is_complete: isComplete,
  refused: refusedPart,
});

export const recoverableView = startedRecoveryView.omit({ id: true }).extend({
  webhooks: z
    .array(z.object({ webhook_id: z.uuid(), is_active: z.boolean() }).extend(kindCounts.shape))
    .describe(
      "What fits by webhook: also kinds that are not included, what is pending and goes out by itself, tests, which are never sent again, and what an inactive webhook would get",
    ),
});

export const recoveryOfCustomerView = z
  .object({
    id: z.uuid(),
    webhook_id: z.uuid().nullable().describe("The only webhook that it is for; null for all"),
    since: timeView.nullable().describe("Null for all that was kept"),
    until: timeView,
    include: z.array(z.enum(recoverableKinds)).describe("Empty when deliveries were chosen one by one"),
    event_types: z.array(z.string()).nullable().describe("Null for any"),
    code_class: z.int().nullable(),
    status_code: z.int().nullable(),
    total: z.int().describe("As far as they are known: more are found in a long range"),
    done: z.int().describe("How many of them are dealt with: made due, or in no need of it any more"),
    made_due: z.int(),
    state: z.enum(recoveryStates).describe("cancelled = stopped; what it had made due goes out all the same"),
    created_at: timeView,
    ended_at: timeView.nullable(),
  })
  .meta({ id: "RecoveryOfCustomer" });

export const toRecoveryOfCustomer = (recovery: Recovery): z.infer<typeof recoveryOfCustomerView> => ({
  id: recovery.id,
  webhook_id: recovery.webhookId,
  since: nullableIsoTime(recovery.since === 0 ? null : recovery.since),
  until: isoTime(recovery.until),
  include: recovery.include,
  event_types: recovery.types,
  code_class: recovery.codeClass,
  status_code: recovery.statusCode,
  total: recovery.total,
  done: recovery.done,
  made_due: recovery.sent,
  state: recovery.state,
  created_at: isoTime(recovery.createdAt),
  ended_at: nullableIsoTime(recovery.endedAt),
});

export const recoveryWithOutcomesView = recoveryOfCustomerView
  .extend({
    outcomes: z
      .object({
        delivered: z.int(),
        refused_again: z.int().describe("Answered with anything but a 2xx since; some are retried"),
        unanswered: z.int().describe("Attempted since, without an answer; some are retried"),
        waiting: z.int().describe("Not attempted since"),
        given_up: z.int().describe("Cancelled, or expired before an attempt"),
      })
      .describe("What became of what it made due, but for what a later recovery made due again"),
  })
  .meta({ id: "RecoveryWithOutcomes" });

export const toRecoveryWithOutcomes = (
  recovery: Recovery,
  outcomes: Record<RecoveryOutcome, number>,
): z.infer<typeof recoveryWithOutcomesView> => ({ ...toRecoveryOfCustomer(recovery), outcomes });

import { notFound } from "@/domain/errors";
import { readProcedure } from "../../trpc";
import { recoverableView } from "../../views/recovery";
import { tooManyCounts, toRefusedPart } from "../webhooks/recovery-range";
import { recoveryFilter, toRequest } from "./filter";

/** What a recovery of this filter would send now, and, by webhook, what else fits it. Nothing is sent. */
export const countRecovery = readProcedure
  .input(recoveryFilter.prefault({}))
  .output(recoverableView)
  .query(async ({ ctx, input, signal }) => {
    const { store } = ctx.runtime;
    const webhookId = input.webhook_id ?? null;
    const counted = await store.countRecoverable(ctx.customerId, webhookId, toRequest(input), signal);
    if (counted === null) throw notFound("webhook");
    if (counted === "busy") throw tooManyCounts();
    const { count, isComplete: is_complete, refused, webhooks } = counted;
    return {
      count,
      is_complete,
      refused: toRefusedPart(refused),
      webhooks: webhooks.map((each) => ({
        webhook_id: each.webhookId,
        is_active: each.isActive,
        ...each.counts,
      })),
    };
  });

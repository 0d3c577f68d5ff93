import { conflict, notFound } from "@/domain/errors";
import { changeProcedure } from "../../trpc";
import { startedRecoveryView } from "../../views/recovery";
import { tooManyCounts, toRefusedPart } from "../webhooks/recovery-range";
import { recoveryFilter, toRequest } from "./filter";

/** Starts sending again what fits the filter, to one webhook or to all; the worker does it in small batches. */
export const startRecovery = changeProcedure
  .input(recoveryFilter)
  .output(startedRecoveryView)
  .mutation(async ({ ctx, input, signal }) => {
    const { store, newId } = ctx.runtime;
    const { customerId } = ctx;
    const webhookId = input.webhook_id ?? null;
    const asked = { id: newId(), customerId, webhookId, ...toRequest(input) };
    const recovery = await store.startRecovery(asked, ctx.by, signal);
    if (recovery === "not_found") throw notFound("webhook");
    if (recovery === "inactive")
      throw conflict(
        "inactive",
        webhookId
          ? "The webhook is inactive. Activate it first."
          : "No webhook is active. Activate one first.",
      );
    if (recovery === "busy") throw tooManyCounts();
    const { id, total: count, isComplete: is_complete, refused } = recovery;
    return { id, count, is_complete, refused: toRefusedPart(refused) };
  });

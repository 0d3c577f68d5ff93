import { z } from "zod";
import { conflict, notFound } from "@/domain/errors";
import { changeProcedure } from "../../trpc";
import {
  isComplete,
  recoveryRange,
  refusedPart,
  tooManyCounts,
  toRefusedPart,
  toStoreRange,
} from "./recovery-range";

/** Starts sending again what failed or was missed; the worker does it in small batches. */
export const recoverWebhook = changeProcedure
  .input(recoveryRange)
  .output(
    z.object({
      id: z.uuid(),
      count: z.int().describe("Deliveries to send again"),
      is_complete: isComplete,
      refused: refusedPart,
    }),
  )
  .mutation(async ({ ctx, input, signal }) => {
    const { store, newId } = ctx.runtime;
    const { customerId } = ctx;
    const asked = { id: newId(), customerId, webhookId: input.webhook_id, ...toStoreRange(input) };
    const recovery = await store.startRecovery(asked, ctx.by, signal);
    if (recovery === "not_found") throw notFound("webhook");
    if (recovery === "inactive") throw conflict("inactive", "The webhook is inactive. Activate it first.");
    if (recovery === "busy") throw tooManyCounts();
    const { id, total: count, isComplete: is_complete, refused } = recovery;
    return { id, count, is_complete, refused: toRefusedPart(refused) };
  });

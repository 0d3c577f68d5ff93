import { z } from "zod";
import { conflict, notFound } from "@/server/domain/errors";
import { changeProcedure } from "../../trpc";
import { recoveryRange, toStoreRange } from "./recovery-range";

/** Starts sending again what failed or was missed; the worker does it in small batches. */
export const recoverWebhook = changeProcedure
  .input(recoveryRange)
  .output(z.object({ id: z.uuid(), count: z.int().describe("Deliveries to send again") }))
  .mutation(async ({ ctx, input }) => {
    const { store, newId } = ctx.runtime;
    const recovery = await store.startRecovery({
      id: newId(),
      customerId: ctx.customerId,
      webhookId: input.webhook_id,
      ...toStoreRange(input),
    });
    if (recovery === "not_found") throw notFound("webhook");
    if (recovery === "inactive") throw conflict("inactive", "The webhook is inactive. Activate it first.");
    return { id: recovery.id, count: recovery.total };
  });

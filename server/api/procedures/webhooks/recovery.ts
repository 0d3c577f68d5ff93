import { z } from "zod";
import { notFound } from "@/domain/errors";
import { recoveryId, webhookId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { recoveryView, toRecoveryView } from "../../views/webhook";

/** How far a recovery is. */
export const getRecovery = readProcedure
  .input(z.object({ webhook_id: webhookId, recovery_id: recoveryId }))
  .output(recoveryView)
  .query(async ({ ctx, input }) => {
    const { store } = ctx.runtime;
    const recovery = await store.getRecovery(ctx.customerId, input.recovery_id);
    if (recovery?.webhookId !== input.webhook_id) throw notFound("recovery");
    return toRecoveryView(recovery);
  });

import { z } from "zod";
import { notFound } from "@/domain/errors";
import { recoveryId } from "../../inputs";
import { changeProcedure } from "../../trpc";
import { recoveryWithOutcomesView, toRecoveryWithOutcomes } from "../../views/recovery";

/** Sends nothing more again. What it has made due already goes out; one that has ended stays as it is. */
export const cancelRecovery = changeProcedure
  .input(z.object({ recovery_id: recoveryId }))
  .output(recoveryWithOutcomesView)
  .mutation(async ({ ctx, input }) => {
    const { store } = ctx.runtime;
    const recovery = await store.cancelRecovery(ctx.customerId, input.recovery_id, ctx.by);
    const outcomes = await store.countRecovered(ctx.customerId, input.recovery_id);
    if (!recovery || !outcomes) throw notFound("recovery");
    return toRecoveryWithOutcomes(recovery, outcomes);
  });

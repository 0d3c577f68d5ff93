import { z } from "zod";
import { notFound } from "@/domain/errors";
import { recoveryId } from "../../inputs";
import { readProcedure } from "../../trpc";
import { recoveryWithOutcomesView, toRecoveryWithOutcomes } from "../../views/recovery";

/** How far a recovery is, and what became of what it sent again. */
export const getRecoveryOfCustomer = readProcedure
  .input(z.object({ recovery_id: recoveryId }))
  .output(recoveryWithOutcomesView)
  .query(async ({ ctx, input }) => {
    const { store } = ctx.runtime;
    const recovery = await store.getRecovery(ctx.customerId, input.recovery_id);
    const outcomes = await store.countRecovered(ctx.customerId, input.recovery_id);
    if (!recovery || !outcomes) throw notFound("recovery");
    return toRecoveryWithOutcomes(recovery, outcomes);
  });

import { z } from "zod";
import { notFound } from "@/server/domain/errors";
import { readProcedure } from "../../trpc";
import { recoveryRange, toStoreRange } from "./recovery-range";

/** How many deliveries a recovery of this range would send now. */
export const countRecoverable = readProcedure
  .input(recoveryRange)
  .output(z.object({ count: z.int() }))
  .query(async ({ ctx, input }) => {
    const { store } = ctx.runtime;
    const count = await store.countRecoverable(ctx.customerId, input.webhook_id, toStoreRange(input));
    if (count === null) throw notFound("webhook");
    return { count };
  });

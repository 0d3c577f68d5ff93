import { z } from "zod";
import { notFound } from "@/domain/errors";
import { readProcedure } from "../../trpc";
import {
  isComplete,
  recoveryRange,
  refusedPart,
  tooManyCounts,
  toRefusedPart,
  toStoreRange,
} from "./recovery-range";

/** How many deliveries a recovery of this range would send now, and how many of them were refused alike. */
export const countRecoverable = readProcedure
  .input(recoveryRange)
  .output(z.object({ count: z.int(), is_complete: isComplete, refused: refusedPart }))
  .query(async ({ ctx, input, signal }) => {
    const { store } = ctx.runtime;
    const range = toStoreRange(input);
    const counted = await store.countRecoverable(ctx.customerId, input.webhook_id, range, signal);
    if (counted === null) throw notFound("webhook");
    if (counted === "busy") throw tooManyCounts();
    const { count, isComplete: is_complete, refused } = counted;
    return { count, is_complete, refused: toRefusedPart(refused) };
  });

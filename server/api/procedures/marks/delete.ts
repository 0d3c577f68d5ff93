import { z } from "zod";
import { notFound } from "@/domain/errors";
import { markId } from "../../inputs";
import { changeProcedure } from "../../trpc";

/** Takes away what was posted by mistake. Changes of webhooks stay: they are of the audit log. */
export const deleteMark = changeProcedure
  .input(z.object({ mark_id: markId }))
  .output(z.null())
  .mutation(async ({ ctx, input }) => {
    const isGone = await ctx.runtime.store.deleteMark(ctx.customerId, input.mark_id, ctx.by);
    if (!isGone) throw notFound("mark");
    return null;
  });

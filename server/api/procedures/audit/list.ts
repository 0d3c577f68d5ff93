import { z } from "zod";
import { page, pairCursor } from "../../inputs";
import { logProcedure } from "../../trpc";
import { auditEntryView, toAuditEntryView } from "../../views/audit";
import { auditFilter, seesWholeLog, toAuditFilter } from "./filter";

/** Who changed what, when and from where, newest first. */
export const listAuditLog = logProcedure
  .input(z.object({ ...auditFilter, ...page(pairCursor) }).prefault({}))
  .output(z.object({ items: z.array(auditEntryView), next_cursor: z.string().nullable() }))
  .query(async ({ ctx, input }) => {
    const seesAll = seesWholeLog(ctx.caller);
    const { items, next } = await ctx.runtime.store.listAuditLog(ctx.customerId, {
      ...toAuditFilter(input, seesAll),
      pageSize: input.page_size,
      cursor: input.cursor,
    });
    return { items: items.map((entry) => toAuditEntryView(entry, seesAll)), next_cursor: next };
  });

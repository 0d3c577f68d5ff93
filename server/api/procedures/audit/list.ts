import { z } from "zod";
import { auditActionNames } from "@/domain/audit/action";
import type { Principal } from "@/server/auth/principal";
import { page, pairCursor, text, time, toMs, webhookId } from "../../inputs";
import { logProcedure } from "../../trpc";
import { auditEntryView, toAuditEntryView, webhookActions } from "../../views/audit";

/**
 * Who changed what, when and from where, newest first. Keys, owners and the platform see all of a customer's; everybody
 * else what was done to webhooks, without where people were.
 */
export const listAuditLog = logProcedure
  .input(
    z
      .object({
        webhook_id: webhookId.describe("What was done to this webhook, which may be deleted").optional(),
        action: z.enum(auditActionNames).optional(),
        actor_id: text(200).describe("Whoever did it, by the id that an entry has of them").optional(),
        since: time.optional(),
        until: time.describe("Up to then, and not that moment itself").optional(),
        ...page(pairCursor),
      })
      .prefault({}),
  )
  .output(z.object({ items: z.array(auditEntryView), next_cursor: z.string().nullable() }))
  .query(async ({ ctx, input }) => {
    const seesAll = isInsider(ctx.caller);
    const found = await ctx.runtime.store.listAuditLog(ctx.customerId, {
      subjectId: input.webhook_id,
      actions: actionsFor(input.action, seesAll),
      actorId: input.actor_id,
      since: toMs(input.since),
      until: toMs(input.until),
      pageSize: input.page_size,
      cursor: input.cursor,
    });
    return {
      items: found.items.map((entry) => toAuditEntryView(entry, seesAll)),
      next_cursor: found.next,
    };
  });

const isInsider = (caller: Principal) =>
  caller.kind !== "member" || (caller.role === "owner" && !caller.isPortal);

function actionsFor(asked: (typeof auditActionNames)[number] | undefined, seesAll: boolean) {
  if (asked === undefined) return seesAll ? undefined : webhookActions;
  return [asked].filter((action) => seesAll || webhookActions.includes(action));
}

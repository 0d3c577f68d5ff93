import { z } from "zod";
import type { AuditFilter } from "@/db/store";
import { type AuditAction, auditActionNames } from "@/domain/audit/action";
import type { Principal } from "@/server/auth/principal";
import { text, time, toMs, webhookId } from "../../inputs";
import { webhookActions } from "../../views/audit";

/** Which entries of the audit log are asked for. */
export const auditFilter = {
  webhook_id: webhookId.describe("What was done to this webhook, which may be deleted").optional(),
  action: z.enum(auditActionNames).optional(),
  actor_id: text(200).describe("Whoever did it, by the id that an entry has of them").optional(),
  since: time.optional(),
  until: time.describe("Up to then, and not that moment itself").optional(),
};

type Asked = z.infer<z.ZodObject<typeof auditFilter>>;

/** The same as the store wants it, and only what the caller may see. */
export const toAuditFilter = (asked: Asked, seesAll: boolean): Omit<AuditFilter, "pageSize" | "cursor"> => ({
  subjectId: asked.webhook_id,
  actions: actionsFor(asked.action, seesAll),
  actorId: asked.actor_id,
  since: toMs(asked.since),
  until: toMs(asked.until),
});

function actionsFor(asked: AuditAction | undefined, seesAll: boolean) {
  if (asked === undefined) return seesAll ? undefined : webhookActions;
  return [asked].filter((action) => seesAll || webhookActions.includes(action));
}

/** Keys, owners and the platform see all; everybody else what was done to webhooks, and not where people were. */
export const seesWholeLog = (caller: Principal) =>
  caller.kind !== "member" || (caller.role === "owner" && !caller.isPortal);

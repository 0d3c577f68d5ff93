import { z } from "zod";
import type { AuditEntry } from "@/db/store";
import { type AuditAction, auditActionNames, subjectKindOf, subjectKinds } from "@/domain/audit/action";
import { actorKinds } from "@/domain/audit/actor";
import { isoTime, timeView } from "./time";

const valueView = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);

export const auditEntryView = z
  .object({
    id: z.uuid(),
    at: timeView,
    action: z.enum(auditActionNames),
    subject: z
      .object({
        kind: z.enum(subjectKinds),
        id: z.string(),
        name: z
          .string()
          .nullable()
          .describe("What it was called then: a URL, the name of a key, an email address"),
      })
      .describe("What was changed; it may be gone"),
    changes: z
      .array(z.object({ field: z.string(), from: valueView, to: valueView }))
      .describe("Each field before and after, or what was asked for; a secret is only ever told as hidden"),
    by: z
      .object({
        kind: z.enum(actorKinds),
        id: z.string(),
        name: z.string().nullable(),
        email: z.string().nullable(),
        address: z.string().nullable(),
        user_agent: z.string().nullable(),
      })
      .describe("Who, as they were called then, and from where; system is Fanfare itself, by its rules"),
  })
  .meta({ id: "AuditEntry" });

export type AuditEntryView = z.infer<typeof auditEntryView>;

/** `withOrigin` shows the email addresses of people and where they were. */
export function toAuditEntryView(entry: AuditEntry, withOrigin: boolean): AuditEntryView {
  const { id, at, action, subject, changes, by } = entry;
  const { email, address, userAgent: user_agent } = by;
  const origin = withOrigin
    ? { email, address, user_agent }
    : { email: null, address: null, user_agent: null };
  return {
    id,
    at: isoTime(at),
    action,
    subject: { kind: subjectKindOf(action), ...subject },
    changes,
    by: { kind: by.kind, id: by.id, name: by.name, ...origin },
  };
}

/** What everybody who may look at a customer sees: what is done to webhooks, and what agents subscribe to. */
export const webhookActions: AuditAction[] = auditActionNames.filter((action) =>
  ["webhook", "recovery", "mark", "agent"].includes(subjectKindOf(action)),
);

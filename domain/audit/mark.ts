import { type AuditAction, type Audited, given } from "./action";

type Mark = { id: string; webhookId: string | null; name: string; url: string | null; at: number };

/** A mark that was posted or taken away, called by its name. */
export const markAudited = (
  action: AuditAction & `mark.${string}`,
  { id, name, webhookId, url, at }: Mark,
): Audited => ({
  action,
  subject: { id, name },
  changes: given({ webhook_id: webhookId, url, at: new Date(at).toISOString() }),
});

import { type AuditAction, auditActionNames } from "@/domain/audit/action";

/** The filters of the audit log, as the URL holds them; "" is any. */
export type AuditFilters = { webhookId: string; action: string; actorId: string; range: string };

const hourMs = 60 * 60 * 1000;
export const ranges = {
  "24h": { words: "Last 24 h", ms: 24 * hourMs },
  "7d": { words: "Last 7 days", ms: 7 * 24 * hourMs },
  "30d": { words: "Last 30 days", ms: 30 * 24 * hourMs },
};

const pageSize = 50;
const rangeStepMs = 60_000;

/**
 * What the API is asked for these filters; values that it does not know are left out. The begin of the range is rounded
 * to a minute, so that the server's prefetch and the browser's question are the same.
 */
export function toAuditInput({ webhookId, action, actorId, range }: AuditFilters, now: number) {
  const known = Object.hasOwn(ranges, range) ? ranges[range as keyof typeof ranges] : null;
  const since = known && Math.floor((now - known.ms) / rangeStepMs) * rangeStepMs;
  return {
    webhook_id: webhookId || undefined,
    action: isAction(action) ? action : undefined,
    actor_id: actorId || undefined,
    since: since ? new Date(since).toISOString() : undefined,
    page_size: pageSize,
  };
}

export type AuditInput = ReturnType<typeof toAuditInput>;

const isAction = (text: string): text is AuditAction => auditActionNames.some((action) => action === text);

/** Filters from the URL's query. The tab of a webhook has fixed one of them. */
export const readAuditFilters = (read: (name: string) => string, webhookId?: string): AuditFilters => ({
  webhookId: webhookId ?? read("webhook"),
  action: read("action"),
  actorId: read("by"),
  range: read("range"),
});

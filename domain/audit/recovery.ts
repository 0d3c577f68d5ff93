import { type Audited, given } from "./action";
import { webhookAudited } from "./webhook";

type Asked = {
  since: number;
  until: number | null;
  include: string[];
  types?: string[];
  codeClass?: number;
  statusCode?: number;
};

/** What is sent again, to one webhook or to all: of which events, and how many deliveries at least. */
export function recoveryStarted(
  id: string,
  webhook: { id: string; url: string } | null,
  { since, until, include, types, codeClass, statusCode }: Asked,
  count: number,
): Audited {
  const facts = {
    since: isoTime(since),
    until: until === null ? null : isoTime(until),
    include,
    event_types: types,
    code_class: codeClass,
    status_code: statusCode,
    count,
  };
  if (webhook) return webhookAudited("webhook.recovery_started", webhook, facts);
  return { action: "recovery.started", subject: { id, name: null }, changes: given(facts) };
}

/** Deliveries that somebody chose one by one. */
export const redelivered = (id: string, eventIds: string[]): Audited => ({
  action: "recovery.started",
  subject: { id, name: null },
  changes: given({ event_ids: [...new Set(eventIds)], count: eventIds.length }),
});

/** How many it had made due by then. */
export const recoveryCancelled = (id: string, sent: number): Audited => ({
  action: "recovery.cancelled",
  subject: { id, name: null },
  changes: given({ made_due: sent }),
});

const isoTime = (at: number) => new Date(at).toISOString();

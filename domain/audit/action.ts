/** Everything that the audit log tells of, named by what it is done to. */
export const auditActions = {
  "webhook.created": "A webhook was added",
  "webhook.updated": "Its URL, events, description or secret were changed",
  "webhook.switched_on": "It was activated",
  "webhook.switched_off": "It was deactivated: by somebody, by a 410, or after 5 days of failures",
  "webhook.paused": "It was paused, or the end of its pause was changed",
  "webhook.resumed": "Its pause was ended, or came to its end",
  "webhook.secret_rotated": "It got a new secret, beside which the old one may sign for a while",
  "webhook.tested": "A test was sent, to its URL or to another one that was tried",
  "webhook.redelivered": "An event was sent to it again",
  "webhook.recovery_started": "What had failed or was missed was sent to it again",
  "webhook.pending_cancelled": "What waited for it was cancelled",
  "webhook.deleted": "It was deleted",
  "recovery.started": "What fits a filter, or was chosen, was sent to several webhooks again",
  "recovery.cancelled": "A recovery was stopped before its end",
  "mark.posted": "A mark was posted, which charts show",
  "mark.deleted": "A mark was taken away",
  "agent.subscribed": "An agent subscribed to a type of events",
  "agent.unsubscribed": "Its subscription was ended: by itself, or by somebody",
  "agent.lapsed": "Its subscription was not refreshed in time, and came to its end",
  "agent.terminated": "Its subscription was ended because its key counts no more",
  "api_key.created": "A key was made",
  "api_key.revoked": "A key was revoked",
  "api_key.expired": "A key came to its end",
  "invitation.created": "A link was made that lets somebody join",
  "invitation.revoked": "An invitation was withdrawn",
  "member.joined": "Somebody became a member",
  "member.role_changed": "A member got another role",
  "member.removed": "A member was removed",
  "member.notices_chosen": "A member chose what to hear of webhooks by mail",
  "reset_link.created": "A link was made that sets a member's password",
  "portal_link.created": "A link was made that lets its holder into the dashboard",
  "customer.created": "The customer was made",
  "customer.renamed": "The customer was given another name",
  "customer.deleted": "A customer was deleted; told to the platform",
  "platform.delivery_paused": "All delivery was held, told to the platform",
  "platform.delivery_resumed": "All delivery was let go again, told to the platform",
} as const;

export type AuditAction = keyof typeof auditActions;
export const auditActionNames = Object.keys(auditActions) as AuditAction[];

/** What kinds of things are changed. */
export const subjectKinds = [
  "webhook",
  "recovery",
  "mark",
  "agent",
  "api_key",
  "invitation",
  "member",
  "reset_link",
  "portal_link",
  "customer",
  "platform",
] as const;
export type SubjectKind = (typeof subjectKinds)[number];
export const subjectKindOf = (action: AuditAction) => action.split(".", 1)[0] as SubjectKind;

/** A change as the audit log keeps it: what was done to what, under its name of that moment. */
export type Audited = {
  action: AuditAction;
  subject: { id: string; name: string | null };
  changes: Change[];
};

/** A field before and after, or with what something was asked for (`from` is null then). */
export type Change = { field: string; from: Value; to: Value };
export type Value = string | number | boolean | string[] | null;

/** In place of a secret, which the audit log never holds: only that there was one. */
export const hidden = "hidden";

/** What something was made or asked for with: the facts that there are. */
export const given = (facts: Record<string, Value | undefined>): Change[] =>
  Object.entries(facts).flatMap(([field, to]) =>
    to === undefined || to === null ? [] : [{ field, from: null, to }],
  );

/** The fields that are not as they were. */
export const differences = (before: Record<string, Value>, after: Record<string, Value>): Change[] =>
  Object.entries(after).flatMap(([field, to]) => {
    const from = before[field] ?? null;
    return isSame(from, to) ? [] : [{ field, from, to }];
  });

const isSame = (one: Value, other: Value) => JSON.stringify(one) === JSON.stringify(other);

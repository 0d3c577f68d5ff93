import { type AuditAction, type SubjectKind, subjectKindOf } from "@/domain/audit/action";
import type { AuditEntry, Change } from "./types";

/** Who did it, in a word. */
export function actorName({ kind, name, email, id }: AuditEntry["by"]): string {
  switch (kind) {
    case "system":
      return "Fanfare";
    case "platform":
      return name ? `${name} (platform)` : "The platform";
    case "operator":
      return "The operator";
    case "portal":
      return "A portal guest";
    case "key":
      return `Key ${name ?? id}`;
    case "member":
      return name ?? email ?? "A member";
  }
}

/** What each change is called in a list of all of them. */
export const actionLabels: Record<AuditAction, string> = {
  "webhook.created": "Webhook added",
  "webhook.updated": "Webhook changed",
  "webhook.switched_on": "Switched on",
  "webhook.switched_off": "Switched off",
  "webhook.paused": "Paused",
  "webhook.resumed": "Resumed",
  "webhook.secret_rotated": "Secret rotated",
  "webhook.tested": "Test sent",
  "webhook.redelivered": "Event redelivered",
  "webhook.recovery_started": "Failed ones recovered",
  "webhook.pending_cancelled": "Pending ones cancelled",
  "webhook.deleted": "Webhook deleted",
  "recovery.started": "Several webhooks recovered",
  "recovery.cancelled": "Recovery stopped",
  "mark.posted": "Mark posted",
  "mark.deleted": "Mark taken away",
  "agent.subscribed": "Agent subscribed",
  "agent.unsubscribed": "Agent disconnected",
  "agent.lapsed": "Agent's subscription lapsed",
  "agent.terminated": "Agent lost its key",
  "api_key.created": "Key made",
  "api_key.revoked": "Key revoked",
  "api_key.expired": "Key expired",
  "invitation.created": "Invitation made",
  "invitation.revoked": "Invitation withdrawn",
  "member.joined": "Member joined",
  "member.role_changed": "Role changed",
  "member.removed": "Member removed",
  "member.notices_chosen": "Mails chosen",
  "reset_link.created": "Reset link made",
  "portal_link.created": "Portal link made",
  "customer.created": "Customer made",
  "customer.renamed": "Customer renamed",
  "customer.deleted": "Customer deleted",
  "platform.delivery_paused": "All delivery held",
  "platform.delivery_resumed": "All delivery resumed",
};

const labelsOf = (...kinds: SubjectKind[]) =>
  Object.entries(actionLabels).filter(([action]) => kinds.includes(subjectKindOf(action as AuditAction)));

/** Of one webhook, and those that people see who are no owners. */
export const webhookActionLabels = labelsOf("webhook");
export const openActionLabels = labelsOf("webhook", "recovery", "mark", "agent");

/** What was done, after the name of who did it. What it was done to is shown beside it. */
export function deedOf({ action, changes, by }: AuditEntry): string {
  const fact = (field: string) => changes.find((change) => change.field === field)?.to ?? null;
  switch (action) {
    case "webhook.updated":
      return editWords(changes);
    case "webhook.switched_off":
      return by.kind === "system" ? "switched the webhook off by its rules" : "switched the webhook off";
    case "webhook.paused":
      return fact("paused_until") === null
        ? "paused the webhook until somebody resumes it"
        : "paused the webhook";
    case "webhook.resumed":
      return by.kind === "system" ? "resumed the webhook at the end of its pause" : "resumed the webhook";
    case "webhook.secret_rotated":
      return changes.some(({ field, from }) => field === "secret" && from !== null)
        ? "rotated the secret"
        : "set a secret";
    case "webhook.tested":
      return fact("tried_url") === null ? "sent a test" : "tried another URL with a test";
    case "webhook.recovery_started":
    case "recovery.started":
      return `sent ${counted(fact("count"), "delivery", "deliveries")} again`;
    case "webhook.pending_cancelled":
      return `cancelled ${counted(fact("count"), "pending delivery", "pending deliveries")}`;
    case "api_key.expired":
      return "refuses the API key since it expired";
    default:
      return deeds[action];
  }
}

const deeds = {
  "webhook.created": "added the webhook",
  "webhook.switched_on": "switched the webhook on",
  "webhook.redelivered": "sent an event again",
  "webhook.deleted": "deleted the webhook",
  "recovery.cancelled": "stopped a recovery before its end",
  "mark.posted": "posted the mark",
  "mark.deleted": "took the mark away",
  "agent.subscribed": "subscribed an agent",
  "agent.unsubscribed": "ended an agent's subscription",
  "agent.lapsed": "ended an agent's subscription that was not refreshed",
  "agent.terminated": "ended an agent's subscription with its key",
  "api_key.created": "made the API key",
  "api_key.revoked": "revoked the API key",
  "invitation.created": "made an invitation",
  "invitation.revoked": "withdrew an invitation",
  "member.joined": "joined the team",
  "member.role_changed": "changed the role of a member",
  "member.removed": "removed a member",
  "member.notices_chosen": "chose what to hear by mail",
  "reset_link.created": "made a link that sets a password",
  "portal_link.created": "made a portal link",
  "customer.created": "made the customer",
  "customer.renamed": "renamed the customer",
  "customer.deleted": "deleted the customer",
  "platform.delivery_paused": "held all delivery",
  "platform.delivery_resumed": "let all delivery go again",
};

/** "changed the URL and the events", "replaced the secret". */
function editWords(changes: Change[]): string {
  const changed = changes
    .filter(({ field }) => field !== "secret")
    .map(({ field }) => `the ${fieldName(field)}`);
  const secret = changes.find(({ field }) => field === "secret");
  const parts = [
    ...(changed.length > 0 ? [`changed ${listed(changed)}`] : []),
    ...(secret ? [secretWords(secret)] : []),
  ];
  return parts.join(", and ");
}

function secretWords({ from, to }: Change): string {
  if (from === null) return "set a secret";
  return to === null ? "removed the secret" : "replaced the secret";
}

const listed = (words: string[]) =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

const counted = (count: Change["to"], one: string, many: string) =>
  `${count ?? 0} ${count === 1 ? one : many}`;

const fieldNames: Record<string, string> = {
  webhook_url: "URL",
  webhook_id: "webhook",
  url: "URL",
  is_active: "active",
  paused_until: "end of the pause",
  overlap_seconds: "both secrets sign for",
  event_id: "event",
  event_type: "event type",
  tried_url: "tried URL",
  expires_at: "expires",
  external_id: "external id",
};
export const fieldName = (field: string) => fieldNames[field] ?? field.replaceAll("_", " ");

/** Fields whose values are points in time, which are shown in the reader's zone. */
const timeFields = new Set(["at", "since", "until", "paused_until", "expires_at"]);
export const isTime = (field: string) => timeFields.has(field);

/** What a change is shown as: a list by what came and went, anything else from and to. */
export type ChangeLine = { field: string; from: string | null; to: string | null };

/** The lines below a deed. What the deed says already, and secrets, of which nothing is known, have none. */
export function changeLines({ action, changes }: AuditEntry): ChangeLine[] {
  return changes
    .filter(({ field }) => field !== "secret" && !(field === "count" && countsInDeed.has(action)))
    .flatMap(linesOf);
}

const countsInDeed = new Set<AuditAction>([
  "webhook.recovery_started",
  "recovery.started",
  "webhook.pending_cancelled",
]);

function linesOf({ field, from, to }: Change): ChangeLine[] {
  if (!Array.isArray(from)) return [{ field, from: shown(field, from), to: shown(field, to) }];
  const after = Array.isArray(to) ? to : [];
  const gone = from.filter((item) => !after.includes(item));
  const come = after.filter((item) => !from.includes(item));
  return [
    ...(gone.length > 0 ? [{ field: `${field}_removed`, from: shortened(gone), to: null }] : []),
    ...(come.length > 0 ? [{ field: `${field}_added`, from: null, to: shortened(come) }] : []),
  ];
}

/** Of a long list the first few: all of it is in the export. */
function shortened(items: string[]): string {
  const left = items.length - maxItems;
  return left > 0 ? `${items.slice(0, maxItems).join(", ")} and ${left} more` : items.join(", ");
}
const maxItems = 8;

function shown(field: string, value: Change["to"]): string | null {
  if (value === null) return null;
  if (field === "overlap_seconds") return value === 0 ? "no time" : `${Number(value) / 3600} h`;
  if (Array.isArray(value)) return shortened(value) || "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

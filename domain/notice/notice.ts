import type { ToldDiagnosis } from "../diagnosis/outcome-evidence";
import type { SkipReason } from "../event/event";
import { countdownLimits, noticeLimits } from "../limits";
import { type Countdown, forecast } from "../webhook/countdown";
import type { Incident, IncidentChange } from "../webhook/incident";
import type { SystemEvent } from "../webhook/system-event";

/** What customers can be told of their own webhooks. */
export const noticeKinds = [
  "failing",
  "recovered",
  "disabling_soon",
  "disabled",
  "certificate_expiring",
  "client_certificate_expiring",
  "slow",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/**
 * One thing to tell a customer of a webhook, with what the moment knew of it. A webhook begins to fail and recovers with
 * an incident, so that single failures are no news. `data` is sent as it is; its times are ISO 8601.
 */
export type Notice =
  | { kind: "failing"; data: { started_at: string; cause: ToldDiagnosis } }
  | { kind: "recovered"; data: { started_at: string; ended_at: string; held_count: number } }
  | { kind: "disabling_soon"; data: { earliest_at: string; failures_left: number } }
  | { kind: "disabled"; data: { reason: string } }
  | { kind: "certificate_expiring" | "client_certificate_expiring"; data: { certificate_expires_at: string } }
  | { kind: "slow"; data: { p95_ms: number } };

/** The type of the event that tells a notice. */
export const noticeType = (kind: NoticeKind) => `webhook.${kind}` as const;

/** In a webhook's list of events: all that is told of the customer's others, of kinds to come too. */
export const everyNotice = "webhook.*";

/** Whether a webhook of the customer is told. None is told of itself: it would be told of what that brings, for ever. */
export function matchNotice(
  webhook: { key: number; isActive: boolean; events: readonly string[] },
  notice: { webhookKey: number; kind: NoticeKind },
): "match" | SkipReason {
  const isAsked = webhook.events.includes(everyNotice) || webhook.events.includes(noticeType(notice.kind));
  if (!isAsked) return "not_subscribed";
  if (webhook.key === notice.webhookKey) return "about_itself";
  return webhook.isActive ? "match" : "inactive";
}

/** What an incident that begins, goes on or ends tells. */
export function incidentNotice(incident: Incident | null, change: IncidentChange | null): Notice[] {
  if (change === null || incident === null) return [];
  const started_at = iso(incident.startedAt);
  if (change.kind !== "ended") return [{ kind: "failing", data: { started_at, cause: change.cause } }];
  const { endedAt, held: held_count } = change;
  return [{ kind: "recovered", data: { started_at, ended_at: iso(endedAt), held_count } }];
}

/** What is told when a failure brings the end of a countdown near, once in each. */
export function countdownNotice(before: Countdown | null, after: Countdown, now: number): Notice[] {
  if (!isNear(after) || (before !== null && before.since === after.since && isNear(before))) return [];
  const { earliestAt, failuresLeft } = forecast(after, now);
  return [{ kind: "disabling_soon", data: { earliest_at: iso(earliestAt), failures_left: failuresLeft } }];
}

/** Judged by its own latest failure, so that it is near from one failure on. */
function isNear(countdown: Countdown): boolean {
  if (countdown.failures < countdownLimits.failures / 2) return false;
  return forecast(countdown, countdown.lastAt).earliestAt - countdown.lastAt <= noticeLimits.disablingSoonMs;
}

/** What the customer is told as well of what the platform is told; none of most. */
export function noticesOf(events: readonly SystemEvent[]): Notice[] {
  return events.flatMap((event): Notice[] => {
    switch (event.type) {
      case "webhook.disabled":
        return [{ kind: "disabled", data: { reason: event.reason } }];
      case "webhook.slow":
        return [{ kind: "slow", data: { p95_ms: event.p95_ms } }];
      case "webhook.certificate_expiring":
      case "webhook.client_certificate_expiring": {
        const { type, ...data } = event;
        return [{ kind: kindOf(type), data }];
      }
      default:
        return [];
    }
  });
}

const kindOf = <Kind extends NoticeKind>(type: `webhook.${Kind}`) => type.slice("webhook.".length) as Kind;

const iso = (at: number) => new Date(at).toISOString();

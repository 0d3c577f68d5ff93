import type { ToldDiagnosis } from "../diagnosis/outcome-evidence";
import { fanOut } from "../event/fan-out";
import { listsType } from "../event/lists-type";
import { countdownLimits, noticeLimits } from "../limits";
import { type Countdown, forecast } from "../webhook/countdown";
import type { Incident, IncidentChange } from "../webhook/incident";
import type { SystemEvent } from "../webhook/system-event";
import { type NoticeKind, noticeType } from "./kinds";

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

/** Who is told of a notice. No webhook is told of itself: it would be told of what that brings, for ever. */
export function fanOutNotice(
  notice: { webhookKey: number; kind: NoticeKind; dataJson: string },
  webhooks: Parameters<typeof fanOut>[1],
): ReturnType<typeof fanOut> {
  const type = noticeType(notice.kind);
  const itself = webhooks.find(({ key }) => key === notice.webhookKey);
  const { targets, skipped } = fanOut(
    { type, dataJson: notice.dataJson },
    webhooks.filter((webhook) => webhook !== itself),
  );
  if (itself) skipped.push([itself.key, listsType(itself.events, type) ? "about_itself" : "not_subscribed"]);
  return { targets, skipped };
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

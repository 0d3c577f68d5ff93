import { holding } from "@/domain/delivery/held";
import { webhookStatus } from "@/domain/webhook/health";
import { isAway } from "@/domain/webhook/listener";
import { pauseNow } from "@/domain/webhook/pause";
import type { Customer, CustomerSurvey } from "../store";
import { pauseOf } from "./webhook-columns";

/** What a survey needs of each webhook, from whichever database. */
type SurveyedWebhook = {
  customerKey: number;
  isActive: boolean;
  lastAttemptOk: boolean | null;
  pausedAt: number | null;
  pausedUntil: number | null;
  listenerHeardAt: number | null;
  pending: number;
  openedAt: number | null;
};

type SurveyRow = { key: number; customer: Customer; lastEventAt: number | null };

/** Customers with what their webhooks come to at this moment. */
export function toSurveys(
  rows: SurveyRow[],
  webhooks: SurveyedWebhook[],
  failed: { customerKey: number; failed: number }[],
  now: number,
): CustomerSurvey[] {
  return rows.map(({ key, customer, lastEventAt }) => {
    const own = webhooks.filter(({ customerKey }) => customerKey === key);
    const counts = { active: 0, failing: 0, paused: 0, disabled: 0 };
    let [pending, held] = [0, 0];
    for (const webhook of own) {
      const isPaused = pauseNow(pauseOf(webhook), now) !== null;
      const { listenerHeardAt } = webhook;
      const isListener = listenerHeardAt !== null; // somebody works on what it fails with
      const isAwayNow = isListener && isAway(listenerHeardAt, now);
      counts[isPaused ? "paused" : isListener ? "active" : webhookStatus(webhook)] += 1;
      pending += webhook.pending;
      const { isActive, openedAt } = webhook;
      if (
        holding({
          isActive,
          isPaused,
          isBreakerOpen: openedAt !== null,
          isAllPaused: false,
          isAway: isAwayNow,
        }) !== null
      )
        held += webhook.pending;
    }
    return {
      ...customer,
      webhooks: counts,
      pending,
      held,
      lastEventAt,
      failedAttempts: failed.find(({ customerKey }) => customerKey === key)?.failed ?? 0,
    };
  });
}

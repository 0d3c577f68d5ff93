import { eq, sql } from "drizzle-orm";
import { system as fanfare } from "@/domain/audit/actor";
import { webhookSwitched } from "@/domain/audit/webhook";
import { ended } from "@/domain/delivery/balance";
import { afterAttempts } from "@/domain/webhook/after-attempts";
import { endOf } from "@/domain/webhook/health";
import { judgedOf } from "../../rows/webhook-columns";
import { kindOf } from "../../rows/webhook-kind";
import type { AttemptRecord } from "../../store";
import { auditWriter } from "../access/audit-log";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { systemEvents } from "../event/system-events";
import { noticeWriter } from "../notice/notice-writer";
import { counters } from "../queue/counters";
import { webhookQueue, webhooks } from "../schema/tables";
import { incidentRows } from "./incident-rows";
import { webhookRows } from "./webhook-rows";

/** An attempt that was written down, and whether its delivery goes on. */
export type Recorded = AttemptRecord & { isPending: boolean };

/** Lets ended attempts judge their webhooks: health, breaker, countdown, incidents, switching off. Only inside `write`. */
export function judgeOf(connection: Connection) {
  const { db } = connection;
  const rows = webhookRows(connection);
  const audit = auditWriter(connection);
  const incidents = incidentRows(connection);
  const { moveFormer } = counters(connection);
  const system = systemEvents(connection);
  const tellCustomer = noticeWriter(connection);
  const select = hotSelect(
    connection,
    db
      .select({ webhook: webhooks, queue: webhookQueue })
      .from(webhooks)
      .innerJoin(webhookQueue, eq(webhookQueue.webhookKey, webhooks.key))
      .where(eq(webhooks.key, sql.placeholder("key"))),
  );

  return (records: Recorded[], now: number): void => {
    for (const [key, own] of byWebhook(records)) {
      const moves = ended(own.filter(endsDelivery).map(({ next }) => next.status));
      const row = select.get({ key });
      if (!row) {
        moveFormer(key, moves); // deleted meanwhile
        continue;
      }
      const { webhook, queue } = row;
      const before = { ...judgedOf(webhook, queue), kind: kindOf(webhook) };
      const after = afterAttempts(before, own, now);
      for (const event of after.tell) system.tell(event, webhook);
      tellCustomer(webhook, after.notices);
      audit(webhook.customerKey, webhookSwitched(webhook, before.standing, after.standing), fanfare);
      if (after.incidentChange) incidents.save(key, after.incidentChange, now);
      rows.saveJudged(key, after, moves);
    }
  };
}

/** Tests are not among what a queue counts. */
const endsDelivery = ({ claim, isPending }: Recorded) => !claim.isTest && !isPending;

/** In the order in which they ended. */
function byWebhook(records: Recorded[]): Map<number, Recorded[]> {
  const groups = new Map<number, Recorded[]>();
  for (const record of records) {
    const group = groups.get(record.claim.webhook.key);
    if (group) group.push(record);
    else groups.set(record.claim.webhook.key, [record]);
  }
  for (const group of groups.values()) group.sort((a, b) => endOf(a.outcome) - endOf(b.outcome));
  return groups;
}

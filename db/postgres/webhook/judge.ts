import { eq, inArray } from "drizzle-orm";
import { afterAttempts, type Judged } from "@/domain/webhook/after-attempts";
import { endOf } from "@/domain/webhook/health";
import { systemWebhookId } from "../../rows/system-webhook";
import { healthColumns, judgedOf, standingColumns } from "../../rows/webhook-columns";
import type { AttemptRecord } from "../../store";
import type { Database, Transaction } from "../connection/connection";
import { groupBy } from "../connection/rows";
import { storableText } from "../connection/text";
import { updateRows } from "../connection/update-rows";
import { tellPlatform } from "../event/system-events";
import { type Saved, saveQueues } from "../queue/queue-row";
import { webhookQueue, webhooks } from "../schema/tables";

/** An attempt that was written down, and whether its delivery goes on. */
export type Recorded = AttemptRecord & { isPending: boolean };

/**
 * Lets ended attempts judge their webhooks: health, breaker, countdown, switching off. Their queues are locked, and
 * with them the webhooks: nobody writes what is judged without.
 */
export async function judge(tx: Transaction, records: Recorded[]): Promise<void> {
  const byWebhook = groupBy(records, ({ claim }) => claim.webhook.key);
  const rows: ({ key: number } & ReturnType<typeof columnsOf>)[] = [];
  const queues: Saved[] = [];
  const judged = new Map(
    (await findJudged(tx.db, [...byWebhook.keys()])).map((row) => [row.webhook.key, row]),
  );
  for (const [key, ended] of byWebhook) {
    const row = judged.get(key);
    if (!row) continue;
    const { webhook, queue } = row;
    const own = inOrder(ended);
    const before = { ...judgedOf(webhook, queue), isSystem: webhook.id === systemWebhookId };
    const after = afterAttempts(before, own, tx.now);
    for (const event of after.tell) await tellPlatform(tx, event, webhook);
    rows.push({ key: webhook.key, ...columnsOf(after) });
    const pendingChange = -own.filter(endsDelivery).length;
    queues.push({ webhookKey: webhook.key, queue: after.queue, pendingChange });
  }
  await updateRows(tx.db, webhooks, rows);
  await saveQueues(tx.db, queues);
}

/** Those that were not deleted meanwhile. */
const findJudged = (db: Database, keys: number[]) =>
  db
    .select({ webhook: webhooks, queue: webhookQueue })
    .from(webhooks)
    .innerJoin(webhookQueue, eq(webhookQueue.webhookKey, webhooks.key))
    .where(inArray(webhooks.key, keys));

/** In which they ended. */
const inOrder = (records: Recorded[]) => records.toSorted((a, b) => endOf(a.outcome) - endOf(b.outcome));

/** Tests are not among what a queue counts. */
const endsDelivery = ({ claim, isPending }: Recorded) => !claim.isTest && !isPending;

function columnsOf({ health, standing, leading }: Judged) {
  const { lastErrorMessage, ...columns } = healthColumns(health);
  return {
    ...columns,
    lastErrorMessage: lastErrorMessage && storableText(lastErrorMessage),
    ...standingColumns(standing),
    ...leading,
  };
}

import { getTableColumns, sql } from "drizzle-orm";
import { afterAttempts, type Judged } from "@/domain/webhook/after-attempts";
import { endOf } from "@/domain/webhook/health";
import { systemWebhookId } from "../../rows/system-webhook";
import { healthColumns, judgedOf, standingColumns } from "../../rows/webhook-columns";
import type { AttemptRecord } from "../../store";
import type { Transaction } from "../connection/connection";
import { groupBy } from "../connection/rows";
import { listOf, type RowOf, statement } from "../connection/statement";
import { storableText } from "../connection/text";
import { updateRows } from "../connection/update-rows";
import { tellPlatform } from "../event/system-events";
import { type Saved, saveQueues } from "../queue/queue-row";
import { webhookQueue, webhooks } from "../schema/tables";

/** An attempt that was written down, and whether its delivery goes on. */
export type Recorded = AttemptRecord & { isPending: boolean };

/**
 * Lets ended attempts judge their webhooks: health, breaker, countdown, switching off. Nobody else serves or edits these
 * until this transaction ends.
 */
export async function judge(tx: Transaction, records: Recorded[]): Promise<void> {
  const byWebhook = groupBy(records, ({ claim }) => claim.webhook.key);
  const rows: ({ key: number } & ReturnType<typeof columnsOf>)[] = [];
  const queues: Saved[] = [];
  const judged = new Map(
    (await lockJudged(tx.db, { keys: [...byWebhook.keys()] })).map((row) => [row.key, row]),
  );
  for (const [key, ended] of byWebhook) {
    const row = judged.get(key);
    if (!row) continue;
    const own = inOrder(ended);
    const before = { ...judgedOf(row, row), isSystem: row.id === systemWebhookId };
    const after = afterAttempts(before, own, tx.now);
    for (const event of after.tell) await tellPlatform(tx, event, row);
    rows.push({ key, ...columnsOf(after) });
    const pendingChange = -own.filter(endsDelivery).length;
    queues.push({ webhookKey: key, queue: after.queue, pendingChange });
  }
  await updateRows(tx.db, webhooks, rows);
  await saveQueues(tx.db, queues);
}

const { webhookKey, customerKey, ...queueColumns } = getTableColumns(webhookQueue);
const columns = { ...queueColumns, ...getTableColumns(webhooks) };

/**
 * Those that were not deleted meanwhile, with their queues, in the order of keys. What a lock was waited for is read
 * anew, and all of a row is locked.
 */
const lockJudged = statement<RowOf<typeof columns>>(sql`
  select ${listOf(columns)} from ${webhookQueue} inner join ${webhooks} on ${webhooks.key} = ${webhookKey}
  where ${webhookKey} = any(${sql.placeholder("keys")}::bigint[])
  order by ${webhookKey} for no key update`);

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

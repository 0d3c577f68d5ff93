import { getTableColumns, sql } from "drizzle-orm";
import { system } from "@/domain/audit/actor";
import { webhookSwitched } from "@/domain/audit/webhook";
import { ended as endedBy } from "@/domain/delivery/balance";
import { afterAttempts, type Judged } from "@/domain/webhook/after-attempts";
import { endOf } from "@/domain/webhook/health";
import { healthColumns, incidentColumns, judgedOf, standingColumns } from "../../rows/webhook-columns";
import { kindOf } from "../../rows/webhook-kind";
import type { AttemptRecord } from "../../store";
import { audit } from "../access/audit-log";
import type { Database, Transaction } from "../connection/connection";
import { groupBy } from "../connection/rows";
import { listOf, type RowOf, statement } from "../connection/statement";
import { storableText } from "../connection/text";
import { together } from "../connection/together";
import { updateRows } from "../connection/update-rows";
import { tellPlatform } from "../event/system-events";
import { writeNotices } from "../notice/notice-writer";
import type { Moved } from "../queue/counters";
import { queueOrder, type Saved, saveQueues } from "../queue/queue-row";
import { webhookQueue, webhooks } from "../schema/tables";
import { saveIncident } from "./incident-rows";

/** An attempt that was written down, and whether its delivery goes on. */
export type Recorded = AttemptRecord & { isPending: boolean };

/**
 * Lets ended attempts judge their webhooks, which are locked: health, breaker, countdown, incidents, switching off.
 * Answers what moved of deleted ones, which nothing judges any more.
 */
export async function judge(
  tx: Transaction,
  records: Recorded[],
  judged: Map<number, JudgedRow>,
): Promise<Moved[]> {
  const byWebhook = groupBy(records, ({ claim }) => claim.webhook.key);
  const rows: ({ key: number } & ReturnType<typeof columnsOf>)[] = [];
  const queues: Saved[] = [];
  const former: Moved[] = [];
  for (const [key, ended] of byWebhook) {
    const moves = endedBy(ended.filter(endsDelivery).map(({ next }) => next.status));
    const row = judged.get(key);
    if (!row) {
      former.push({ webhookKey: key, moves });
      continue;
    }
    const own = inOrder(ended);
    const before = { ...judgedOf(row, row), kind: kindOf(row) };
    const after = afterAttempts(before, own, tx.now);
    for (const event of after.tell) await tellPlatform(tx, event, row);
    await writeNotices(tx, row, after.notices);
    await audit(tx, row.customerKey, webhookSwitched(row, before.standing, after.standing), system);
    if (after.incidentChange) await saveIncident(tx, key, after.incidentChange);
    rows.push({ key, ...columnsOf(after) });
    queues.push({ webhookKey: key, queue: after.queue, moves });
  }
  await together([updateRows(tx.db, webhooks, rows), saveQueues(tx.db, queues)]);
  return former;
}

const { webhookKey, customerKey, ...queueColumns } = getTableColumns(webhookQueue);
const columns = { ...queueColumns, ...getTableColumns(webhooks) };

type JudgedRow = RowOf<typeof columns>;

/**
 * The webhooks of attempts, but for deleted ones, with their queues, by key: this transaction's until it ends. Locked in
 * the order of queues; what a lock was waited for is read anew, and all of a row is locked.
 */
export async function lockJudged(db: Database, records: AttemptRecord[]): Promise<Map<number, JudgedRow>> {
  const keys = [...new Set(records.map(({ claim }) => claim.webhook.key))];
  return new Map((await selectJudged(db, { keys })).map((row) => [row.key, row]));
}

const selectJudged = statement<JudgedRow>(sql`
  select ${listOf(columns)} from ${webhookQueue} inner join ${webhooks} on ${webhooks.key} = ${webhookKey}
  where ${webhookKey} = any(${sql.placeholder("keys")}::bigint[])
  ${queueOrder} for no key update`);

/** In which they ended. */
const inOrder = (records: Recorded[]) => records.toSorted((a, b) => endOf(a.outcome) - endOf(b.outcome));

/** Tests are not among what a queue counts. */
const endsDelivery = ({ claim, isPending }: Recorded) => !claim.isTest && !isPending;

function columnsOf({ health, standing, leading, incident }: Judged) {
  const { lastErrorMessage, ...columns } = healthColumns(health);
  return {
    ...columns,
    lastErrorMessage: lastErrorMessage && storableText(lastErrorMessage),
    ...standingColumns(standing),
    ...leading,
    ...incidentColumns(incident),
  };
}

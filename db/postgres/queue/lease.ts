import { sql } from "drizzle-orm";
import { hasLapsed } from "@/domain/agent/terms";
import { afterLoss } from "@/domain/delivery/lost";
import { toClaim } from "../../rows/claim";
import type { Claim, Lessee } from "../../store";
import type { Database, Transaction } from "../connection/connection";
import { listOf, type RowOf, statement } from "../connection/statement";
import { together } from "../connection/together";
import { readPayloads } from "../read/payloads";
import { customers, deliveries, events, webhookQueue, webhooks } from "../schema/tables";
import { cancelTest } from "./cancel";
import { endLost, recordLost } from "./lost";
import { sendAgain } from "./redelivery";

/** Due deliveries of one webhook that are to be leased; `reason` is null where each has its own. */
export type Leased = { webhookKey: number; keys: number[]; reason: "test" | "probe" | null };

type Found = RowOf<typeof rowColumns> & RowOf<typeof eventColumns>;
type Row = Found & { payload: string | undefined };
type Target = RowOf<typeof targetColumns>;
/** `hasLapsed` where it is a subscription's, whose term is over. */
export type Taken = { webhookKey: number; hasLapsed: boolean; claims: Claim[] };

/**
 * Makes due deliveries one worker's. Left out is what somebody else has changed meanwhile, and what its lost attempts
 * end.
 */
export async function takeDeliveries(tx: Transaction, wanted: Leased[], request: Lessee): Promise<Taken[]> {
  if (wanted.length === 0) return [];
  return wanted.some(({ reason }) => reason === "test")
    ? takeTests(tx, wanted, request)
    : take(tx, wanted, request, selectTargets(tx.db, { keys: keysOf(wanted) }));
}

/** Of webhooks that nobody else edits or judges at the moment: the others are next. Ends those of deleted ones. */
async function takeTests(tx: Transaction, wanted: Leased[], request: Lessee): Promise<Taken[]> {
  const locked = await lockWebhooks(tx.db, { keys: keysOf(wanted) });
  const isDeleted = new Map(locked.map((webhook) => [webhook.key, webhook.isDeleted]));
  const left = wanted.filter(({ webhookKey }) => isDeleted.get(webhookKey) === true);
  await leaseRest(tx, left, new Map(), request);
  const takeable = wanted.filter(({ webhookKey }) => isDeleted.get(webhookKey) === false);
  return take(tx, takeable, request, selectTargets(tx.db, { keys: keysOf(takeable) }));
}

async function take(
  tx: Transaction,
  wanted: Leased[],
  request: Lessee,
  finding: Promise<Target[]>,
): Promise<Taken[]> {
  const [found, fresh] = await together([finding, leaseFresh(tx, wanted, request)]);
  const targets = new Map(found.map((target) => [target.key, target]));
  const isOver = (webhookKey: number) => hasLapsed(targets.get(webhookKey)?.expiresAt ?? null, tx.now);
  const others = wanted
    .filter(({ webhookKey }) => !isOver(webhookKey))
    .map((each) => ({ ...each, keys: each.keys.filter((key) => !fresh.has(key)) }));
  const rest = await leaseRest(tx, others, targets, request);
  return wanted.map(({ webhookKey, keys, reason }) => {
    const target = targets.get(webhookKey);
    const claims = keys.flatMap((key) => {
      const row = fresh.get(key);
      const claim =
        row && target ? claimOf(row, target, { reason, after: null, now: tx.now }) : rest.get(key);
      return claim ? [claim] : [];
    });
    return { webhookKey, hasLapsed: isOver(webhookKey), claims };
  });
}

/** Null without what is to be sent: what is broken is lost like that until it ends. */
function claimOf(row: Row, target: Target, how: Parameters<typeof toClaim>[1]): Claim | null {
  const { eventId, createdAt, payload } = row;
  if (payload === undefined) return null;
  const event = { eventId, createdAt, payload };
  return toClaim({ delivery: row, event, webhook: target, queue: target }, how);
}

const targetColumns = {
  key: webhooks.key,
  customerKey: webhooks.customerKey,
  id: webhooks.id,
  subscriptionId: webhooks.subscriptionId,
  expiresAt: webhooks.expiresAt,
  url: webhooks.url,
  secret: webhooks.secret,
  previousSecret: webhooks.previousSecret,
  previousSecretUntil: webhooks.previousSecretUntil,
  signsWith: webhooks.signsWith,
  headers: webhooks.headers,
  timeoutMs: webhooks.timeoutMs,
  clientCertificate: webhooks.clientCertificate,
  clientKey: webhooks.clientKey,
  version: webhooks.version,
  succeededAt: webhookQueue.succeededAt,
  isDraining: webhookQueue.isDraining,
  drain: webhookQueue.drain,
  customerId: customers.id,
};

/**
 * The webhooks that claims are for, but deleted ones, which have no queue. Nobody edits them until this transaction
 * ends: their queues are locked, or, for tests, they are themselves.
 */
const selectTargets = statement<Target>(sql`
  select ${listOf(targetColumns)} from ${webhooks}
  join ${customers} on ${customers.key} = ${webhooks.customerKey}
  join ${webhookQueue} on ${webhookQueue.webhookKey} = ${webhooks.key}
  where ${webhooks.key} = any(${sql.placeholder("keys")}::bigint[])`);

/** The webhook that a claim is for, as it is now; undefined when it is deleted. */
export async function findTarget(db: Database, key: number): Promise<Target | undefined> {
  return (await selectTargets(db, { keys: [key] }))[0];
}

/** Deleted ones too: a test that one of them still has has to end. */
const lockWebhooks = statement<{ key: number; isDeleted: boolean }>(sql`
  select ${webhooks.key}, ${webhooks.deletedAt} is not null as "isDeleted" from ${webhooks} where ${webhooks.key} = any(${sql.placeholder("keys")}::bigint[])
  for share skip locked`);

const keysOf = (wanted: Leased[]) => [...new Set(wanted.map(({ webhookKey }) => webhookKey))];

const rowColumns = {
  key: deliveries.key,
  eventKey: deliveries.eventKey,
  day: deliveries.day,
  webhookKey: deliveries.webhookKey,
  eventType: deliveries.eventType,
  isTest: deliveries.isTest,
  triedUrl: deliveries.triedUrl,
  attempts: deliveries.attempts,
  tries: deliveries.tries,
  lostInARow: deliveries.lostInARow,
  lease: deliveries.lease,
  leasedBy: deliveries.leasedBy,
  leasedAt: deliveries.leasedAt,
  leasedReason: deliveries.leasedReason,
  nextReason: deliveries.nextReason,
  isAskedAgain: deliveries.isAskedAgain,
  refusal: deliveries.refusal,
  signsWith: deliveries.signsWith,
};
const eventColumns = {
  eventId: events.id,
  createdAt: events.createdAt,
};

/**
 * Rows as they were, locked. Others hold no lock on them for longer than a write takes, and then they are no longer as
 * they were found.
 */
const due = sql`
  select ${listOf(rowColumns)}, claim.reason
  from unnest(${sql.placeholder("keys")}::bigint[], ${sql.placeholder("reasons")}::text[]) as claim(key, reason)
  join ${deliveries} on ${deliveries.key} = claim.key
  where ${deliveries.status} = 'pending' and ${deliveries.dueAt} <= ${sql.placeholder("now")}::bigint`;
const locked = sql`for no key update of ${deliveries} skip locked`;
const withEvents = sql`
  select due.*, ${listOf(eventColumns)} from due join ${events} on ${events.key} = due."eventKey"`;

const lease = sql`
  update deliveries d set lease = d.lease + 1, due_at = ${sql.placeholder("until")}::bigint,
    leased_by = ${sql.placeholder("workerId")}, leased_at = ${sql.placeholder("now")}::bigint,
    leased_reason = coalesce(due.reason, d.next_reason), is_asked_again = false
  from due where d.key = due.key`;

const leaseUnheld = statement<Found>(sql`
  with due as materialized (${due} and ${deliveries.leasedBy} is null ${locked}), leased as (${lease})
  ${withEvents}`);

/** Those that no worker had, which are most; by key. */
async function leaseFresh(
  { db, now }: Transaction,
  wanted: Leased[],
  { leaseMs, workerId }: Lessee,
): Promise<Map<number, Row>> {
  const keys = wanted.flatMap(({ keys }) => keys);
  const reasons = wanted.flatMap(({ keys, reason }) => keys.map(() => reason));
  return withPayloads(db, await leaseUnheld(db, { keys, reasons, now, until: now + leaseMs, workerId }));
}

/** In a statement of its own, which can name the days that it looks at; by key. */
async function withPayloads(db: Database, rows: Found[]): Promise<Map<number, Row>> {
  const payloads = await readPayloads(db, rows);
  return new Map(rows.map((row) => [row.key, { ...row, payload: payloads.get(row.eventKey) }]));
}

const lockDue = statement<Found>(sql`with due as materialized (${due} ${locked}) ${withEvents}`);
const leaseLocked = statement(sql`with due as materialized (${due} ${locked}) ${lease}`);

/** Those that a worker was lost with, or whose webhook is gone; by key. */
async function leaseRest(
  tx: Transaction,
  wanted: Leased[],
  targets: Map<number, Target>,
  { leaseMs, workerId }: Lessee,
): Promise<Map<number, Claim>> {
  const { db, now } = tx;
  const keys = wanted.flatMap(({ keys }) => keys);
  if (keys.length === 0) return new Map();
  const reasons = keys.map(() => null);
  const rows = await withPayloads(db, await lockDue(db, { keys, reasons, now }));
  const taken = new Map<number, Claim>();
  for (const { webhookKey, keys, reason } of wanted) {
    for (const key of keys) {
      const row = rows.get(key);
      const claim = row && (await endLoss(tx, row, targets.get(webhookKey), reason));
      if (claim) taken.set(key, claim);
    }
  }
  const claims = [...taken.values()];
  await leaseLocked(db, {
    keys: claims.map(({ delivery }) => delivery),
    reasons: claims.map(({ reason }) => reason),
    now,
    until: now + leaseMs,
    workerId,
  });
  return taken;
}

/** Null when its lost attempts end it, or its webhook is gone. */
async function endLoss(
  tx: Transaction,
  row: Row,
  target: Target | undefined,
  reason: Leased["reason"],
): Promise<Claim | null> {
  const wasLost = row.leasedBy !== null;
  const after = wasLost ? afterLoss(row) : null;
  if (wasLost) await recordLost(tx, row);
  if (after === "anew") await sendAgain(tx.db, row.key, true, tx.now);
  const claim = target && after !== "end" ? claimOf(row, target, { reason, after, now: tx.now }) : null;
  if (!target && !wasLost) await cancelTest(tx, row.key);
  else if (!claim) await endLost(tx, row);
  return claim;
}

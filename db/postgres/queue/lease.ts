import { and, eq, inArray, lte, sql } from "drizzle-orm";
import { type AfterLoss, afterLoss } from "@/domain/delivery/lost";
import { signingOf } from "@/domain/webhook/rotation";
import type { Claim, ClaimRequest } from "../../store";
import type { Database, Transaction } from "../connection/connection";
import { customers, deliveries, events, webhookQueue, webhooks } from "../schema/tables";
import { endLost, recordLost } from "./lost";
import { sendAgain } from "./redelivery";

/** Due deliveries of one webhook that are to be leased; `reason` is null where each has its own. */
export type Leased = { webhookKey: number; keys: number[]; reason: "test" | "probe" | null };

type Row = Awaited<ReturnType<typeof lockDue>>[number];
type Target = Awaited<ReturnType<typeof findTargets>>[number];

/**
 * Makes due deliveries one worker's. Left out is what somebody else has changed meanwhile, and what its lost attempts
 * end.
 */
export async function takeDeliveries(
  tx: Transaction,
  wanted: Leased[],
  request: ClaimRequest,
): Promise<{ webhookKey: number; claims: Claim[] }[]> {
  if (wanted.length === 0) return [];
  const rows = await lockDue(
    tx,
    wanted.flatMap(({ keys }) => keys),
  );
  const targets = await findTargets(tx.db, wanted);
  const byKey = new Map(rows.map((row) => [row.delivery.key, row]));
  const targetOf = new Map(targets.map((target) => [target.webhook.key, target]));
  const taken: { webhookKey: number; claims: Claim[] }[] = [];
  for (const { webhookKey, keys, reason } of wanted) {
    const claims: Claim[] = [];
    for (const key of keys) {
      const row = byKey.get(key);
      const claim = row && (await claimOf(tx, row, targetOf.get(webhookKey), reason));
      if (claim) claims.push(claim);
    }
    taken.push({ webhookKey, claims });
  }
  await lease(
    tx,
    taken.flatMap(({ claims }) => claims),
    request,
  );
  return taken;
}

/** Others hold no lock on them for longer than a write takes, and then they are no longer as they were found. */
function lockDue({ db, now }: Transaction, keys: number[]) {
  return db
    .select({
      delivery: {
        key: deliveries.key,
        webhookKey: deliveries.webhookKey,
        eventType: deliveries.eventType,
        isTest: deliveries.isTest,
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
      },
      eventId: events.id,
      createdAt: events.createdAt,
      payload: events.payload,
    })
    .from(deliveries)
    .innerJoin(events, eq(events.key, deliveries.eventKey))
    .where(and(inArray(deliveries.key, keys), eq(deliveries.status, "pending"), lte(deliveries.dueAt, now)))
    .for("no key update", { of: deliveries, skipLocked: true });
}

/**
 * The webhooks that claims are for, but for deleted ones. Nobody edits them until this transaction ends: their queues
 * are locked, or, for tests, they are themselves.
 */
function findTargets(db: Database, wanted: Leased[]) {
  const keys = wanted.map(({ webhookKey }) => webhookKey);
  const targets = db
    .select({
      webhook: {
        key: webhooks.key,
        customerKey: webhooks.customerKey,
        id: webhooks.id,
        url: webhooks.url,
        secret: webhooks.secret,
        previousSecret: webhooks.previousSecret,
        previousSecretUntil: webhooks.previousSecretUntil,
        signsWith: webhooks.signsWith,
        version: webhooks.version,
      },
      isDraining: webhookQueue.isDraining,
      drain: webhookQueue.drain,
      customerId: customers.id,
    })
    .from(webhooks)
    .innerJoin(customers, eq(customers.key, webhooks.customerKey))
    .innerJoin(webhookQueue, eq(webhookQueue.webhookKey, webhooks.key))
    .where(inArray(webhooks.key, keys));
  const areTests = wanted.some(({ reason }) => reason === "test");
  return areTests ? targets.for("share", { of: webhooks }) : targets;
}

/** Null when its lost attempts end it. */
async function claimOf(
  tx: Transaction,
  row: Row,
  target: Target | undefined,
  reason: Leased["reason"],
): Promise<Claim | null> {
  const { delivery } = row;
  const wasLost = delivery.leasedBy !== null;
  const after = wasLost ? afterLoss(delivery) : null;
  if (wasLost) await recordLost(tx, delivery);
  if (after === "anew") await sendAgain(tx.db, delivery.key, true, tx.now);
  if (target && after !== "end") return toClaim(row, target, reason, after, tx.now);
  await endLost(tx, delivery);
  return null;
}

function toClaim(
  { delivery, eventId, createdAt, payload }: Row,
  { webhook, isDraining, drain, customerId }: Target,
  reason: Leased["reason"],
  after: AfterLoss | null,
  now: number,
): Claim {
  const wasLost = after !== null;
  const previousSecret = (webhook.previousSecretUntil ?? 0) > now ? webhook.previousSecret : null;
  return {
    delivery: delivery.key,
    lease: delivery.lease + 1,
    number: delivery.attempts + (wasLost ? 1 : 0) + 1,
    reason: reason ?? (after === "anew" ? "manual" : delivery.nextReason),
    isTest: delivery.isTest,
    tries: delivery.tries,
    isAsked: delivery.isAskedAgain,
    wasRefused: !wasLost && delivery.refusal !== null,
    signing: signingOf(previousSecret !== null, {
      webhook: webhook.signsWith,
      delivery: delivery.signsWith,
    }),
    event: { id: eventId, type: delivery.eventType, createdAt, payload },
    webhook: {
      key: webhook.key,
      customerKey: webhook.customerKey,
      id: webhook.id,
      customerId,
      url: webhook.url,
      secret: webhook.secret,
      previousSecret,
      version: webhook.version,
      isDraining,
      drain,
    },
  };
}

async function lease({ db, now }: Transaction, claims: Claim[], request: ClaimRequest): Promise<void> {
  if (claims.length === 0) return;
  const keys = claims.map(({ delivery }) => delivery);
  const own = claims.map(({ reason }) => reason);
  await db.execute(sql`
    update deliveries set lease = lease + 1, due_at = ${now + request.leaseMs}, leased_by = ${request.workerId},
      leased_at = ${now}, leased_reason = claim.reason, is_asked_again = false
    from unnest(${sql.param(keys)}::bigint[], ${sql.param(own)}::text[]) as claim(key, reason)
    where deliveries.key = claim.key`);
}

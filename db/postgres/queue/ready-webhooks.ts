import { inArray, sql } from "drizzle-orm";
import { fullPlaces, type Places } from "@/domain/queue/places";
import type { Rate } from "@/domain/queue/rate";
import type { Database, Transaction } from "../connection/connection";
import { statement } from "../connection/statement";
import { webhookQueue } from "../schema/tables";

/** Webhooks that one claim looks at. The others come first the next time, since these were served. */
export const candidateLimit = 256;

/** In the words of its index: something may wait, and nothing holds it. */
export const isReady = sql`${webhookQueue.readyAt} is not null and ${webhookQueue.isPaused} = false`;

export type Ready = Rate & {
  webhookKey: number;
  customerKey: number;
  isOpen: boolean;
  isDraining: boolean;
  drain: number;
  drained: number;
  probesMade: number;
  isProbeRefused: boolean;
};

/** In the order of their turns, those with a free place. Others may claim of them at the same time. */
export function findReady({ db, now }: Transaction, places: Places): Promise<Ready[]> {
  const { roomyDrains, ...full } = fullPlaces(places);
  const [roomyWebhooks, drains] = [roomyDrains.map(([key]) => key), roomyDrains.map(([, drain]) => drain)];
  return selectRoomy(db, { ...full, roomyWebhooks, drains, now });
}

/**
 * Those of them that nobody else serves or changes at the moment: nobody does until this transaction ends. As they are
 * now, in the order of their turns.
 */
export function reserveReady({ db, now }: Transaction, webhookKeys: number[]): Promise<Ready[]> {
  return lockReady(db, { webhookKeys, now });
}

const ready = sql`
  select webhook_key as "webhookKey", customer_key as "customerKey", opened_at is not null as "isOpen",
    is_draining as "isDraining", drain, drained, probes_made as "probesMade", is_probe_refused as "isProbeRefused",
    rate_per_second as "ratePerSecond", rate_next_at as "rateNextAt"
  from ${webhookQueue} where ${isReady} and ready_at <= ${sql.placeholder("now")}::bigint`;

/** Those that were never served come in the order in which they became due. */
const inTurn = sql`order by turn, ready_at, webhook_key`;

/** Those that drain and have something in flight have room only where it is known how far they have come. */
const selectRoomy = statement<Ready>(sql`${ready}
  and webhook_key <> all(${sql.placeholder("fullWebhooks")}::bigint[])
  and customer_key <> all(${sql.placeholder("fullCustomers")}::bigint[])
  and not (is_draining and webhook_key = any(${sql.placeholder("busyWebhooks")}::bigint[]) and not exists (
    select from unnest(${sql.placeholder("roomyWebhooks")}::bigint[], ${sql.placeholder("drains")}::integer[])
      as roomy(key, drain)
    where roomy.key = webhook_key and roomy.drain = webhook_queue.drain))
  ${inTurn} limit ${sql.raw(String(candidateLimit))}`);

const lockReady = statement<Ready>(sql`${ready}
  and webhook_key = any(${sql.placeholder("webhookKeys")}::bigint[]) ${inTurn} for update skip locked`);

/** Nothing more waits of them. */
export async function endDrains(db: Database, webhookKeys: number[]): Promise<void> {
  if (webhookKeys.length === 0) return;
  await db
    .update(webhookQueue)
    .set({ isDraining: false })
    .where(inArray(webhookQueue.webhookKey, webhookKeys));
}

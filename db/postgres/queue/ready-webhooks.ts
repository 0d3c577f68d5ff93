import { and, asc, eq, inArray, lte, not, notInArray, or, sql } from "drizzle-orm";
import { fullPlaces, type Places } from "@/domain/queue/places";
import type { Database, Transaction } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { webhookQueue } from "../schema/tables";

/** Webhooks that one claim looks at. The others come first the next time, since these were served. */
const candidateLimit = 256;
/** Claims take as many turns each, so that one statement numbers all. */
export const turnsOfClaim = candidateLimit;

/** In the words of its index: something may wait, and nothing holds it. */
export const isReady = sql`${webhookQueue.readyAt} is not null and ${webhookQueue.isPaused} = false`;

/** Those that were never served come in the order in which they became due. */
const inTurn = [asc(webhookQueue.turn), asc(webhookQueue.readyAt), asc(webhookQueue.webhookKey)];

export type Ready = Awaited<ReturnType<typeof findReady>>[number];

/** In the order of their turns, those with a free place. Others may claim of them at the same time. */
export function findReady({ db, now }: Transaction, places: Places) {
  const { fullWebhooks, fullCustomers, busyWebhooks, roomyDrains } = fullPlaces(places);
  const isRoomy = roomyDrains.map(([key, drain]) =>
    and(eq(webhookQueue.webhookKey, key), eq(webhookQueue.drain, drain)),
  );
  const isNoDrain = and(
    eq(webhookQueue.isDraining, true),
    inArray(webhookQueue.webhookKey, busyWebhooks),
    isRoomy.length > 0 ? not(or(...isRoomy) ?? sql`false`) : undefined,
  );
  return selectReady(db)
    .where(
      and(
        isReady,
        lte(webhookQueue.readyAt, now),
        notInArray(webhookQueue.webhookKey, fullWebhooks),
        notInArray(webhookQueue.customerKey, fullCustomers),
        isNoDrain && not(isNoDrain),
      ),
    )
    .orderBy(...inTurn)
    .limit(candidateLimit);
}

/**
 * Those of them that nobody else serves or changes at the moment: nobody does until this transaction ends. As they are
 * now, in the order of their turns.
 */
export function reserveReady({ db, now }: Transaction, webhookKeys: number[]): Promise<Ready[]> {
  return selectReady(db)
    .where(and(inArray(webhookQueue.webhookKey, webhookKeys), isReady, lte(webhookQueue.readyAt, now)))
    .orderBy(...inTurn)
    .for("update", { skipLocked: true });
}

const selectReady = (db: Database) =>
  db
    .select({
      webhookKey: webhookQueue.webhookKey,
      customerKey: webhookQueue.customerKey,
      isOpen: sql<boolean>`${webhookQueue.openedAt} is not null`,
      isDraining: webhookQueue.isDraining,
      drain: webhookQueue.drain,
      drained: webhookQueue.drained,
      probesMade: webhookQueue.probesMade,
      isProbeRefused: webhookQueue.isProbeRefused,
    })
    .from(webhookQueue);

/** The first of so many turns as a claim may take. */
export async function takeTurns(db: Database): Promise<number> {
  const taken = await db.execute<{ turn: string }>(sql`select nextval('turns') as turn`);
  return Number(onlyOne(taken.rows).turn) * turnsOfClaim;
}

/** Nothing more waits of them. */
export async function endDrains(db: Database, webhookKeys: number[]): Promise<void> {
  if (webhookKeys.length === 0) return;
  await db
    .update(webhookQueue)
    .set({ isDraining: false })
    .where(inArray(webhookQueue.webhookKey, webhookKeys));
}

import { inArray } from "drizzle-orm";
import type { Claim } from "../../store";
import { thisChange } from "../connection/change";
import type { Database, Transaction } from "../connection/connection";
import { deliveries } from "../schema/tables";
import { lockHeld } from "./held";
import { lockQueues, probeAgain, refreshQueues } from "./queue-row";
import { sendAgain } from "./redelivery";

/** Gives back what is still theirs. */
export async function releaseClaims({ db, now }: Transaction, claims: Claim[]): Promise<void> {
  const held = await lockHeld(db, claims);
  const own = claims.filter(({ delivery }) => held.has(delivery));
  if (own.length === 0) return;
  for (const { delivery, isAsked } of own) {
    if (isAsked || held.get(delivery)?.isAskedAgain) await sendAgain(db, delivery, true, now);
  }
  await db
    .update(deliveries)
    .set({ dueAt: now, leasedBy: null, leasedAt: null, leasedReason: null })
    .where(inArray(deliveries.key, [...held.keys()]));
  const webhookKeys = [...new Set(own.map(({ webhook }) => webhook.key))];
  await lockQueues(db, webhookKeys);
  for (const { delivery, reason, webhook } of own) {
    const leaseEnd = held.get(delivery)?.dueAt;
    if (reason === "probe" && leaseEnd !== undefined) await probeAgain(db, webhook.key, leaseEnd, now);
  }
  await refreshQueues(
    db,
    webhookKeys.map((webhookKey) => ({ webhookKey })),
  );
}

/** People see that what is still theirs is in flight. */
export async function tellClaims(db: Database, claims: Claim[]): Promise<void> {
  const held = await lockHeld(db, claims);
  if (held.size === 0) return;
  await db
    .update(deliveries)
    .set({ change: thisChange })
    .where(inArray(deliveries.key, [...held.keys()]));
}

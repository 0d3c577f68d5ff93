import { isTriedAtOnce, outcomeError } from "@/domain/delivery/decide";
import type { AttemptRecord, QueueStore } from "../../store";
import type { Connection, Transaction } from "../connection/connection";
import { addToRollups } from "../read/rollup-writer";
import { judge, type Recorded } from "../webhook/judge";
import { insertAttempts } from "./attempt-rows";
import { type Held, lockHeld } from "./held";
import { lockQueues, probeAgain, probeLater } from "./queue-row";
import { sendAgain } from "./redelivery";
import { settle } from "./settle";

/** `held` is the delivery as it was while in flight. */
type Settled = Recorded & { held: Held };

export function recordVerbs({ write }: Connection): Pick<QueueStore, "recordAttempts"> {
  return { recordAttempts: (records) => write((tx) => recordAll(tx, records)) };
}

/** Deliveries first, in the order of their keys, then their webhooks' queues, in the order of theirs: as everybody does. */
async function recordAll(tx: Transaction, records: AttemptRecord[]): Promise<("recorded" | "lease_lost")[]> {
  const held = await lockHeld(
    tx.db,
    records.map(({ claim }) => claim),
  );
  const settled: Settled[] = [];
  const results = records.map((record) => {
    const own = held.get(record.claim.delivery);
    if (own?.lease !== record.claim.lease) return "lease_lost";
    held.delete(own.key); // whoever comes again comes too late
    settled.push({ ...record, held: own, isPending: isPending(record, own) });
    return "recorded";
  });
  if (settled.length > 0) await write(tx, settled);
  return results;
}

const isPending = ({ next }: AttemptRecord, { isAskedAgain }: Held) =>
  next.status === "pending" || (next.status !== "delivered" && isAskedAgain);

async function write(tx: Transaction, settled: Settled[]): Promise<void> {
  await settle(tx, settled);
  for (const { claim, next, held } of settled) {
    const isAgain = next.status !== "delivered" && held.isAskedAgain;
    if (isAgain) await sendAgain(tx.db, claim.delivery, next.status === "pending", tx.now);
  }
  await insertAttempts(tx.db, settled);
  await lockQueues(
    tx.db,
    settled.map(({ claim }) => claim.webhook.key),
  );
  for (const each of settled) await delayProbe(tx, each);
  await judge(tx, settled);
  await addToRollups(tx.db, settled);
}

/** A probe that told nothing, of the endpoint or at all, kept the next one waiting for the end of its lease. */
async function delayProbe({ db, now }: Transaction, { claim, outcome, next, held }: Settled): Promise<void> {
  if (claim.reason !== "probe") return;
  const { key } = claim.webhook;
  if (outcomeError(outcome)?.code === "internal") await probeLater(db, key, held.dueAt, now);
  else if (isTriedAtOnce(next)) await probeAgain(db, key, held.dueAt, now);
}

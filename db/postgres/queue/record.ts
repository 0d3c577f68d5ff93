import { isTriedAtOnce, outcomeError } from "@/domain/delivery/decide";
import type { AttemptRecord, QueueStore } from "../../store";
import type { Transaction } from "../connection/connection";
import { addToRollups } from "../read/rollup-writer";
import { judge, type Recorded } from "../webhook/judge";
import { lockQueues, probeAgain, probeLater } from "./queue-row";
import { sendAgain } from "./redelivery";
import { type Held, settle } from "./settle";
import type { WriteOfWorker } from "./write-of-worker";

/** `held` is the delivery as it was while in flight. */
type Settled = Recorded & { held: Held };

export function recordVerbs(writeTogether: WriteOfWorker): Pick<QueueStore, "recordAttempts"> {
  return { recordAttempts: (records) => writeTogether("record", (tx) => recordAll(tx, records)) };
}

/** Deliveries first, in the order of their keys, then their webhooks' queues, in the order of theirs: as everybody does. */
async function recordAll(tx: Transaction, records: AttemptRecord[]): Promise<("recorded" | "lease_lost")[]> {
  const held = await settle(tx, records);
  const settled: Settled[] = [];
  const results = records.map((record) => {
    const own = held.get(record.claim.delivery);
    if (own?.lease !== record.claim.lease) return "lease_lost";
    held.delete(own.key); // whoever comes again comes too late
    settled.push({ ...record, held: own, isPending: isPending(record, own) });
    return "recorded";
  });
  if (settled.length > 0) await follow(tx, settled);
  return results;
}

const isPending = ({ next }: AttemptRecord, { isAskedAgain }: Held) =>
  next.status === "pending" || (next.status !== "delivered" && isAskedAgain);

/** What comes of settled attempts for others than their deliveries. */
async function follow(tx: Transaction, settled: Settled[]): Promise<void> {
  for (const { claim, next, held } of settled) {
    const isAgain = next.status !== "delivered" && held.isAskedAgain;
    if (isAgain) await sendAgain(tx.db, claim.delivery, next.status === "pending", tx.now);
  }
  await delayProbes(tx, settled);
  await judge(tx, settled);
  await addToRollups(tx.db, settled);
}

/** A probe that told nothing, of the endpoint or at all, kept the next one waiting for the end of its lease. */
async function delayProbes({ db, now }: Transaction, settled: Settled[]): Promise<void> {
  const probes = settled.filter(({ claim }) => claim.reason === "probe");
  if (probes.length === 0) return;
  await lockQueues(
    db,
    settled.map(({ claim }) => claim.webhook.key),
  );
  for (const { claim, outcome, next, held } of probes) {
    const { key } = claim.webhook;
    if (outcomeError(outcome)?.code === "internal") await probeLater(db, key, held.dueAt, now);
    else if (isTriedAtOnce(next)) await probeAgain(db, key, held.dueAt, now);
  }
}

import { isTriedAtOnce, outcomeError } from "@/domain/delivery/decide";
import { isFaultOfOurs } from "@/domain/delivery/outcome";
import type { AttemptRecord, QueueStore } from "../../store";
import type { Transaction } from "../connection/connection";
import { together } from "../connection/together";
import { findCounted, saveCounted } from "../read/rollup-writer";
import { judge, lockJudged, type Recorded } from "../webhook/judge";
import { moveFormer } from "./counters";
import type { Held } from "./held";
import { lockQueues, probeAgain, probeLater } from "./queue-row";
import { sendAgain } from "./redelivery";
import { settle } from "./settle";
import type { WriteOfWorker } from "./write-of-worker";

/** `held` is the delivery as it was while in flight. */
type Settled = Recorded & { held: Held };

export function recordVerbs(writeTogether: WriteOfWorker): Pick<QueueStore, "recordAttempts"> {
  return { recordAttempts: (records) => writeTogether("record", (tx) => recordAll(tx, records)) };
}

/**
 * Deliveries first, in the order of their keys, then their webhooks' queues, in the order of theirs: as everybody does.
 * What does not need the answer before is asked without waiting for it: the server does one after the other.
 */
async function recordAll(tx: Transaction, records: AttemptRecord[]): Promise<("recorded" | "lease_lost")[]> {
  const hasProbe = records.some(({ claim }) => claim.reason === "probe");
  const [held, judged, counted] = await together([
    settle(tx, records),
    hasProbe ? null : lockJudged(tx.db, records),
    hasProbe ? null : findCounted(tx.db, records),
  ]);
  const settled: Settled[] = [];
  const results = records.map((record) => {
    const own = held.get(record.claim.delivery);
    if (own?.lease !== record.claim.lease) return "lease_lost";
    held.delete(own.key); // whoever comes again comes too late
    settled.push({ ...record, held: own, isPending: isPending(record, own) });
    return "recorded";
  });
  if (settled.length === 0) return results;
  for (const { claim, next, held } of settled) {
    const isAgain = next.status !== "delivered" && held.isAskedAgain;
    if (isAgain) await sendAgain(tx.db, claim.delivery, next.status === "pending", tx.now);
  }
  if (hasProbe) await delayProbes(tx, settled);
  const [former] = await together([
    judge(tx, settled, judged ?? (await lockJudged(tx.db, records))),
    saveCounted(tx.db, settled, counted ?? (await findCounted(tx.db, records))),
  ]);
  await moveFormer(tx.db, former);
  return results;
}

const isPending = ({ next }: AttemptRecord, { isAskedAgain }: Held) =>
  next.status === "pending" || (next.status !== "delivered" && isAskedAgain);

/** A probe that told nothing, of the endpoint or at all, kept the next one waiting for the end of its lease. */
async function delayProbes({ db, now }: Transaction, settled: Settled[]): Promise<void> {
  await lockQueues(
    db,
    settled.map(({ claim }) => claim.webhook.key),
  );
  for (const { claim, outcome, next, held } of settled) {
    if (claim.reason !== "probe") continue;
    const { key } = claim.webhook;
    if (isFaultOfOurs(outcomeError(outcome)?.code)) await probeLater(db, key, held.dueAt, now);
    else if (isTriedAtOnce(next)) await probeAgain(db, key, held.dueAt, now);
  }
}

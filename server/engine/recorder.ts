import { setTimeout as pause } from "node:timers/promises";
import type { AttemptRecord, Store } from "@/db/store";
import { isStoreAway } from "@/domain/store-away";

/** Attempts that one transaction records. */
const batchSize = 128;
const retryMs = 250;
/** The store may refuse for as long as this many tries last; then the lease decides. */
const maxTries = 40;

type Waiting = { record: AttemptRecord; done: () => void };

/**
 * Writes ended attempts down, together with the others that ended meanwhile. While the store refuses it keeps
 * them and tries again; a lease that is over by then means that another worker has taken the delivery. While the store
 * is away nobody can have, so that they are kept for as long as that lasts.
 */
export function createRecorder(
  store: Store,
  { onError, onGivenUp }: { onError: (error: unknown) => void; onGivenUp: (record: AttemptRecord) => void },
) {
  const waiting: Waiting[] = [];
  let isRunning = false;
  let isEnding = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      // Answers that came in while the last commit ran are read by now; as long as more come, they are waited for.
      for (let before = 0; before < waiting.length && waiting.length < batchSize; ) {
        before = waiting.length;
        await new Promise((next) => setImmediate(next));
      }
      await recordBatch(waiting.splice(0, batchSize));
    }
    isRunning = false;
  }

  async function recordBatch(batch: Waiting[]): Promise<void> {
    try {
      await store.recordAttempts(batch.map(({ record }) => record));
      for (const { done } of batch) done();
    } catch (error) {
      onError(error);
      // Each alone and beside the others, so that a record that cannot be written stops nobody.
      for (const { record, done } of batch) void recordOne(record).then(done);
    }
  }

  /** At last without what came back. */
  async function recordOne(record: AttemptRecord): Promise<void> {
    for (let tries = 0; tries < maxTries; ) {
      try {
        await store.recordAttempts([tries < maxTries - 1 ? record : withoutContent(record)]);
        return;
      } catch (error) {
        onError(error);
        if (isEnding || !isStoreAway(error)) tries += 1;
        await pause(retryMs);
      }
    }
    onGivenUp(record);
  }

  return {
    /** Resolves when the attempt is recorded, or can't be: then its lease runs out and it is made again. */
    record(record: AttemptRecord): Promise<void> {
      return new Promise((done) => {
        waiting.push({ record, done });
        if (!isRunning) void run();
      });
    },
    /** From now on a store that is away is waited for no longer than one that refuses. */
    hurry(): void {
      isEnding = true;
    },
  };
}

function withoutContent(record: AttemptRecord): AttemptRecord {
  const { outcome } = record;
  const response = { headers: {}, body: new Uint8Array(), truncated: true };
  return {
    ...record,
    request: { url: record.request.url, headers: {} },
    outcome: outcome.kind === "response" ? { ...outcome, response } : outcome,
  };
}

import { setTimeout as pause } from "node:timers/promises";
import type { AttemptRecord, Store } from "@/db/store";
import { internalOutcome } from "./deliver";

/** Attempts that one transaction records. */
const batchSize = 100;
const retryMs = 250;
/** The store may refuse for as long as this many tries last; then the lease decides. */
const maxTries = 40;

/**
 * Writes ended attempts down, together with the others that ended meanwhile. While the store refuses it keeps
 * them and tries again; a lease that is over by then means that another worker has taken the delivery.
 */
export function createRecorder(store: Store, onError: (error: unknown) => void) {
  const waiting: { record: AttemptRecord; done: () => void }[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, batchSize);
      await recordBatch(batch.map(({ record }) => record));
      for (const { done } of batch) done();
    }
    isRunning = false;
  }

  async function recordBatch(records: AttemptRecord[]): Promise<void> {
    try {
      await store.recordAttempts(records);
    } catch (error) {
      onError(error);
      for (const record of records) await recordOne(record);
    }
  }

  /** Alone, so that a record that cannot be written stops nobody; at last without what came back. */
  async function recordOne(record: AttemptRecord): Promise<void> {
    for (let attempt = 0; attempt < maxTries; attempt += 1) {
      try {
        await store.recordAttempts([attempt < maxTries - 1 ? record : withoutContent(record)]);
        return;
      } catch (error) {
        onError(error);
        await pause(retryMs);
      }
    }
  }

  return {
    /** Resolves when the attempt is recorded, or can't be: then its lease runs out and it is made again. */
    record(record: AttemptRecord): Promise<void> {
      return new Promise((done) => {
        waiting.push({ record, done });
        if (!isRunning) void run();
      });
    },
  };
}

function withoutContent(record: AttemptRecord): AttemptRecord {
  const { startedAt, durationMs } = record.outcome;
  return {
    ...record,
    request: { url: record.request.url, headers: {} },
    outcome: internalOutcome(startedAt, durationMs),
  };
}

import type { AttemptRecord } from "../store";

/** Both steps of the rollups, in milliseconds. */
export const stepMs = { minute: 60_000, hour: 3_600_000 } as const;

export type Bucket = {
  where: { webhookKey: number; step: keyof typeof stepMs; start: number };
  own: AttemptRecord[];
};

/** Attempts by the rollup that counts them, but for tests, which none does. */
export function bucketsOf(records: AttemptRecord[], step: keyof typeof stepMs): Iterable<Bucket> {
  const buckets = new Map<string, Bucket>();
  for (const record of records) {
    if (record.claim.isTest) continue;
    const start = Math.floor(record.outcome.startedAt / stepMs[step]) * stepMs[step];
    const webhookKey = record.claim.webhook.key;
    const name = `${webhookKey}.${start}`;
    const bucket = buckets.get(name) ?? { where: { webhookKey, step, start }, own: [] };
    bucket.own.push(record);
    buckets.set(name, bucket);
  }
  return buckets.values();
}

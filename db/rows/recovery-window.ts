import type { DeliveryStatus } from "@/domain/delivery/decide";
import { type RecoveryRange as Covered, recoveryTarget } from "@/domain/delivery/recovery";
import type { SkipReason } from "@/domain/event/event";

/** What a recovery covers, and how far it has come: every event up to `after…` is done. */
export type RecoveryRange = Covered & {
  until: number;
  events: string[];
  afterEventAt: number;
  afterEvent: number;
};
/** The webhook that it is for. */
export type Recovering = { key: number; customerKey: number; afterEvent: number };

/** A delivery that failed, and the status of its last answer. */
export type FailedDelivery = { key: number; eventId: string; statusCode: number | null };
export type MissedEvent = { key: number; type: string; skipped: [number, SkipReason | "recovered"][] };
/** The targets among a part of the events, and where the next part begins; null after the last one. */
export type RecoveryWindow = {
  failed: FailedDelivery[];
  missed: MissedEvent[];
  /** How many events were looked at. */
  events: number;
  after: Pick<RecoveryRange, "afterEventAt" | "afterEvent"> | null;
};

/** Events that one look covers, whether they are targets or not: other callers wait for it. */
export const windowRows = 200;

type EventRow = MissedEvent & {
  id: string;
  isTest: boolean;
  createdAt: number;
  delivery: {
    key: number;
    status: DeliveryStatus;
    statusCode: number | null;
    hasChangedSince: boolean;
  } | null;
};

/** What a recovery re-sends among these events, which are in the order of their time and key. */
export function windowOf(rows: EventRow[], webhook: Recovering, range: RecoveryRange): RecoveryWindow {
  const failed: FailedDelivery[] = [];
  const missed: MissedEvent[] = [];
  for (const row of rows) {
    const target = recoveryTarget(row, webhook, range);
    if (target === "missed") missed.push(row);
    else if (target === "failed" && row.delivery) failed.push({ ...row.delivery, eventId: row.id });
  }
  const last = rows.at(-1);
  return {
    failed,
    missed,
    events: rows.length,
    after: last ? { afterEventAt: last.createdAt, afterEvent: last.key } : null,
  };
}

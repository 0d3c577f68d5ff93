import type { ToldDiagnosis } from "../diagnosis/outcome-evidence";
import { incidentLimits } from "../limits";
import { isOpen } from "./breaker";
import type { QueueState } from "./queue-state";
import type { Standing } from "./standing";

/**
 * The latest time for which a webhook failed in earnest. It begins with the first of the failures in a row that made it
 * so, and ends with the next success; `endedAt` is null until then. Times are epoch milliseconds.
 */
export type Incident = { startedAt: number; endedAt: number | null };

/** What attempts change of a webhook's incidents; null where nothing does, as for nearly all. */
export type IncidentChange =
  /** `eventId` is of a delivery that shows the cause. */
  | { kind: "begun"; startedAt: number; cause: ToldDiagnosis; eventId: string; eventType: string }
  /** It fails again, so soon that people would call it the same. */
  | { kind: "resumed"; cause: ToldDiagnosis }
  /** `held` is how many deliveries waited when it worked again. */
  | { kind: "ended"; endedAt: number; held: number };

/** What attempts that were recorded together say of the webhook, after all of them. */
type After = {
  standing: Standing;
  queue: QueueState;
  /** What was switched off by these attempts. */
  isSwitchedOff: boolean;
  /** When the last of these that succeeded ended; null when none did. */
  succeededAt: number | null;
  /** Deliveries that waited before them. */
  waiting: number;
  /** The last of these that failed and counts, asked only when an incident begins. */
  failure: (() => Omit<Extract<IncidentChange, { kind: "begun" }>, "kind" | "startedAt">) | null;
};

/** The latest incident of a webhook after attempts, and what that changes. */
export function incidentAfter(
  before: Incident | null,
  after: After,
  now: number,
): { incident: Incident | null; change: IncidentChange | null } {
  const isGoingOn = before !== null && before.endedAt === null;
  if (fails(after)) {
    if (isGoingOn || after.failure === null) return { incident: before, change: null };
    if (before !== null && isRecent(before, now))
      return {
        incident: { ...before, endedAt: null },
        change: { kind: "resumed", cause: after.failure().cause },
      };
    const startedAt = after.standing.countdown?.since ?? now;
    return {
      incident: { startedAt, endedAt: null },
      change: { kind: "begun", startedAt, ...after.failure() },
    };
  }
  if (!isGoingOn || after.succeededAt === null) return { incident: before, change: null };
  const endedAt = Math.max(after.succeededAt, before.startedAt);
  return { incident: { ...before, endedAt }, change: { kind: "ended", endedAt, held: after.waiting } };
}

/** Its breaker is open, it fails for a while without one success, or it was switched off for failing. */
function fails({ standing: { countdown }, queue, isSwitchedOff }: After): boolean {
  if (isOpen(queue) || isSwitchedOff) return true;
  if (countdown === null || countdown.failures < incidentLimits.failures) return false;
  return countdown.lastAt - countdown.since >= incidentLimits.lastingMs;
}

const isRecent = ({ endedAt }: Incident, now: number) =>
  endedAt !== null && now - endedAt < incidentLimits.mergedMs;

/** What attempts came to by code, failures alone, and what became of the deliveries that it held up. */
export type IncidentTally = {
  /** By HTTP status, or error code when no answer came. */
  codes: Record<string, number>;
  /** Of events that were accepted during it, or waited for their turn when it began: where they are now. */
  deliveries: { delivered: number; failed: number; cancelled: number; pending: number };
  /** False when there were too many events to count them all. */
  isComplete: boolean;
};

/**
 * How long until an incident is counted again, in milliseconds, or null when nothing can change any more. What is still
 * under way changes ever more slowly.
 */
export function nextCountMs(incident: Incident, tally: IncidentTally, now: number): number | null {
  if (incident.endedAt !== null && tally.deliveries.pending === 0) return null;
  const ageMs = now - (incident.endedAt ?? incident.startedAt);
  return Math.max(incidentLimits.countedEveryMs, Math.round(ageMs / 4));
}

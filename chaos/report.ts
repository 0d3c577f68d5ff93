import { cpus, release, totalmem } from "node:os";
import type { Kills } from "./kills";
import { broken, type Verdict } from "./verdict";

/** What one scenario came to: a verdict, or why there is none. */
export type Result = { name: string; verdict: Verdict | null; seconds: number; isExpectedToBreak: boolean };

export const isSound = ({ verdict, isExpectedToBreak }: Result) =>
  verdict === null || broken(verdict).length > 0 === isExpectedToBreak;

/** The whole run, for people. */
export function reportOf(results: Result[], kills: Kills, startedAt: Date): string {
  const total = Object.values(kills.counts).reduce((sum, count) => sum + count, 0);
  return [
    `Fanfare kill runs of ${startedAt.toISOString()}`,
    `Node ${process.version}, ${release()}, ${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB;`,
    "load, receiver and product share this machine.",
    "",
    ...results.flatMap(lines),
    "",
    `Kills and other faults: ${total}`,
    ...Object.entries(kills.counts).map(([kind, count]) => `  ${String(count).padStart(4)}  ${kind}`),
    `  ${String(kills.missed).padStart(4)}  orders that no process came by to take`,
    `Fault to first delivery:        ${percentiles(kills.toFirstDeliveryMs)}`,
    `Fault to first acknowledgement: ${percentiles(kills.toFirstAcknowledgementMs)}`,
    "",
    results.every(isSound) ? "Sound: nothing acknowledged was lost." : "NOT SOUND",
    "",
  ].join("\n");
}

function lines(result: Result): string[] {
  const { name, verdict, seconds } = result;
  if (!verdict) return [`SKIPPED  ${name}: this machine cannot make it`];
  const { acknowledged, published, lostEvents, missingDeliveries, stuck, duplicates, unansweredAttempts } =
    verdict;
  return [
    `${isSound(result) ? "ok     " : "BROKEN "}  ${name} (${Math.round(seconds)} s)`,
    `         ${acknowledged} of ${published} acknowledged, ${lostEvents} lost, ${missingDeliveries} deliveries missing, ` +
      `${stuck} stuck, ${duplicates} duplicates (${unansweredAttempts} attempts without an answer)`,
    ...refused(verdict),
    ...broken(verdict).map(
      (promise) => `         ${result.isExpectedToBreak ? "found" : "broken"}: ${promise}`,
    ),
  ];
}

function refused({ refusals }: Verdict): string[] {
  const counts = Object.entries(refusals).map(([how, count]) => `${how} × ${count}`);
  return counts.length === 0
    ? []
    : [`         requests to publish that were not taken: ${counts.join(", ")}`];
}

function percentiles(valuesMs: number[]): string {
  if (valuesMs.length === 0) return "not measured";
  const sorted = [...valuesMs].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms (${sorted.length})`;
}

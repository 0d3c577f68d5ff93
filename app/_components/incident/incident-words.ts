import { formatAge, formatClock } from "@/app/_components/time/format";
import type { Incident } from "./types";

/** From when to when, and how long that is: `01:00:04–01:01:10, 1 min`. */
export function spanWords({ started_at, ended_at }: Incident, now: number, zone: string): string {
  const start = Date.parse(started_at);
  const begin = formatClock(start, now, zone);
  if (ended_at === null) return `since ${begin}, ${formatAge(now - start)}`;
  const end = Date.parse(ended_at);
  return `${begin}–${formatClock(end, now, zone)}, ${formatAge(end - start)}`;
}

/** What waited when it ended, and what became of what it held up: `8 held; all 8 deliveries made`. */
export function fateWords({ held_count, deliveries, is_complete }: Incident): string {
  const held = held_count > 0 ? `${count(held_count)} held` : null;
  const fate = deliveries && becameWords(deliveries);
  const rest = is_complete ? null : "of more than could be counted";
  return [held, fate, rest].filter((words) => words !== null).join("; ");
}

function becameWords({ delivered, failed, cancelled, pending }: NonNullable<Incident["deliveries"]>): string {
  const all = delivered + failed + cancelled + pending;
  if (all === 0) return "no event came meanwhile";
  const parts = [
    [delivered, "delivered"],
    [failed, "failed"],
    [cancelled, "cancelled"],
    [pending, "waiting"],
  ] as const;
  const told = parts.filter(([n]) => n > 0);
  const [[, only] = []] = told.length === 1 ? told : [];
  if (only) return all === 1 ? `its 1 event ${only}` : `all ${count(all)} events ${only}`;
  return `of ${count(all)} events ${told.map(([n, word]) => `${count(n)} ${word}`).join(", ")}`;
}

const count = (n: number) => n.toLocaleString("en");

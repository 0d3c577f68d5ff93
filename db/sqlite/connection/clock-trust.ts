import { desc, eq, sql } from "drizzle-orm";
import { events, sequences } from "../schema/tables";
import type { Connection } from "./connection";

/** More than clocks are corrected by in daily life, and than a restart takes. */
const maxStepMs = 2 * 3_600_000;
/** Long enough for people to read the log, or for the clock to be put right by itself. */
const maxDoubtMs = 24 * 3_600_000;
/** The last moment that was believed is kept for the next start, this often. */
const noteEveryMs = 10_000;

/** Names in the table of sequences: the last believed moment, and how long a clock has been doubted since. */
const seenName = "clock_seen";
const doubtedName = "clock_doubted_ms";

/**
 * Whether the wall clock may decide what is old. One that jumps ahead would end and remove everything at once,
 * so a jump is doubted until it has lasted: for a day, or for as long as things are kept, if that is shorter.
 * It is seen against the time that passed in this process and, at its start, against the last moment that any
 * worker believed. Only inside `write`.
 */
export function clockTrust({ db, clock, elapsed, onDoubt }: Connection) {
  const name = sql.placeholder("name");
  const read = db
    .select({ value: sequences.value })
    .from(sequences)
    .where(eq(sequences.name, name))
    .prepare();
  const save = db
    .insert(sequences)
    .values({ name, value: sql.placeholder("value") })
    .onConflictDoUpdate({ target: sequences.name, set: { value: sql`excluded.value` } })
    .prepare();
  /** How far the wall clock was ahead of the elapsed time when it was last believed. */
  let believed = lastSeen() - elapsed();
  let doubted: { offset: number; lookedAt: number } | null = null;
  let notedAt = Number.NEGATIVE_INFINITY;

  return (keptMs: number): boolean => {
    const now = elapsed();
    const offset = clock() - now;
    const aheadMs = offset - believed;
    const lastsMs = Math.min(maxDoubtMs, keptMs);
    const isNew = doubted === null;
    if (aheadMs <= maxStepMs || doubtedFor(offset, now) >= lastsMs) {
      believe(offset, now);
      return true;
    }
    if (isNew) onDoubt({ aheadMs, lastsMs });
    return false;
  };

  /** How long this clock has been doubted by now, by workers one after the other. */
  function doubtedFor(offset: number, now: number): number {
    const isOther = doubted !== null && Math.abs(offset - doubted.offset) > maxStepMs;
    const before = isOther ? 0 : (read.get({ name: doubtedName })?.value ?? 0);
    const since = doubted === null || isOther ? now : doubted.lookedAt;
    const value = before + Math.round(now - since);
    doubted = { offset, lookedAt: now };
    save.run({ name: doubtedName, value });
    return value;
  }

  function believe(offset: number, now: number): void {
    believed = offset;
    if (doubted) onDoubt(null);
    if (!doubted && now - notedAt < noteEveryMs) return;
    doubted = null;
    notedAt = now;
    save.run({ name: seenName, value: Math.round(clock()) });
    save.run({ name: doubtedName, value: 0 });
  }

  /** A store that is older than this note has its newest event to go by. */
  function lastSeen(): number {
    const seen = read.get({ name: seenName })?.value;
    if (seen !== undefined) return seen;
    const newest = db.select({ at: events.createdAt }).from(events).orderBy(desc(events.key)).limit(1).get();
    return newest?.at ?? clock();
  }
}

import { desc, eq, sql } from "drizzle-orm";
import { events, sequences } from "../schema/tables";
import type { Connection, Database, Transaction } from "./connection";

/** More than clocks are corrected by in daily life, and than a restart takes. */
const maxStepMs = 2 * 3_600_000;
/** Long enough for people to read the log, or for the clock to be put right by itself. */
const maxDoubtMs = 24 * 3_600_000;
/** The last moment that was believed is kept for the next start, this often. */
const noteEveryMs = 10_000;

/** Names in the table of counters: the last believed moment, and how long a clock has been doubted since. */
const seenName = "clock_seen";
const doubtedName = "clock_doubted_ms";

/**
 * Whether the database's clock may decide what is old. One that jumps ahead would end and remove everything at once,
 * so a jump is doubted until it has lasted: for a day, or for as long as things are kept, if that is shorter.
 * It is seen against the time that passed in this process and, at its start, against the last moment that any
 * worker believed.
 */
export function clockTrust({ elapsed, onDoubt }: Pick<Connection, "elapsed" | "onDoubt">) {
  const startedAt = elapsed();
  /** How far the clock was ahead of the elapsed time when it was last believed; null until the first look. */
  let believed: number | null = null;
  let doubted: { offset: number; lookedAt: number } | null = null;
  let notedAt = Number.NEGATIVE_INFINITY;

  return async (tx: Transaction, keptMs: number): Promise<boolean> => {
    const now = elapsed();
    const offset = tx.now - now;
    believed ??= (await lastSeen(tx)) - startedAt;
    const aheadMs = offset - believed;
    const lastsMs = Math.min(maxDoubtMs, keptMs);
    const isNew = doubted === null;
    if (aheadMs <= maxStepMs || (await doubtedFor(tx.db, offset, now)) >= lastsMs) {
      await believe(tx, offset, now);
      return true;
    }
    if (isNew) onDoubt({ aheadMs, lastsMs });
    return false;
  };

  /** How long this clock has been doubted by now, by workers one after the other. */
  async function doubtedFor(db: Database, offset: number, now: number): Promise<number> {
    const isOther = doubted !== null && Math.abs(offset - doubted.offset) > maxStepMs;
    const before = isOther ? 0 : ((await read(db, doubtedName)) ?? 0);
    const since = doubted === null || isOther ? now : doubted.lookedAt;
    const value = before + Math.round(now - since);
    doubted = { offset, lookedAt: now };
    await save(db, doubtedName, value);
    return value;
  }

  async function believe({ db, now }: Transaction, offset: number, at: number): Promise<void> {
    believed = offset;
    if (doubted) onDoubt(null);
    if (!doubted && at - notedAt < noteEveryMs) return;
    doubted = null;
    notedAt = at;
    await save(db, seenName, now);
    await save(db, doubtedName, 0);
  }
}

/** A store that is older than this note has its newest event to go by. */
async function lastSeen({ db, now }: Transaction): Promise<number> {
  const seen = await read(db, seenName);
  if (seen !== null) return seen;
  const [newest] = await db.select({ at: events.createdAt }).from(events).orderBy(desc(events.key)).limit(1);
  return newest?.at ?? now;
}

async function read(db: Database, name: string): Promise<number | null> {
  const [row] = await db.select({ value: sequences.value }).from(sequences).where(eq(sequences.name, name));
  return row?.value ?? null;
}

async function save(db: Database, name: string, value: number): Promise<void> {
  await db
    .insert(sequences)
    .values({ name, value })
    .onConflictDoUpdate({ target: sequences.name, set: { value: sql`excluded.value` } });
}

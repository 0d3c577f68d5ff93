import { join } from "node:path";
import Database from "better-sqlite3";

/** Facts of a store that no API tells, over a connection of its own. */
export function openWitness(dataDir: string) {
  const sqlite = new Database(join(dataDir, "fanfare.sqlite"), { readonly: true, timeout: 5_000 });
  const pending = sqlite.prepare("select count(*) from deliveries where status = 'pending'").pluck();
  const unanswered = sqlite.prepare("select count(*) from attempts where status_code is null").pluck();
  return {
    /** Deliveries that have not ended. */
    pending: () => pending.get() as number,
    /** Attempts without an answer on record, of a worker that died or waited too long: the receiver may have taken them. */
    unansweredAttempts: () => unanswered.get() as number,
    close: () => void sqlite.close(),
  };
}

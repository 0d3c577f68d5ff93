import { join } from "node:path";
import Database from "better-sqlite3";

/** Facts of a store that no API tells, over a connection of its own. */
export function openWitness(dataDir: string) {
  const sqlite = new Database(join(dataDir, "fanfare.sqlite"), { readonly: true, timeout: 5_000 });
  const pending = sqlite.prepare("select count(*) from deliveries where status = 'pending'").pluck();
  const lost = sqlite.prepare("select count(*) from attempts where error_code = 'worker_lost'").pluck();
  return {
    /** Deliveries that have not ended. */
    pending: () => pending.get() as number,
    /** Attempts that a dead worker took with it: requests that may have been in flight. */
    lostAttempts: () => lost.get() as number,
    close: () => void sqlite.close(),
  };
}

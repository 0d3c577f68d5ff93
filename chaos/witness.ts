import { join } from "node:path";
import Database from "better-sqlite3";
import { runSql } from "@/testing/postgres-server";

/** Facts of a store that no API tells, over a connection of its own. */
export type Witness = {
  /** Deliveries that have not ended. */
  pending(): Promise<number>;
  /** Attempts without an answer on record, of a worker that died or waited too long: the receiver may have taken them. */
  unansweredAttempts(): Promise<number>;
  /** Deliveries with two successes on record, of which one was no longer its worker's to record. */
  deliveredTwice(): Promise<number>;
  close(): void;
};

const pending = "select count(*) as count from deliveries where status = 'pending'";
const unanswered = "select count(*) as count from attempts where status_code is null";
const twice = `select count(*) as count from (
  select 1 from attempts where status_code between 200 and 299 group by delivery_key having count(*) > 1) twice`;

export function witnessFile(dataDir: string): Witness {
  const sqlite = new Database(join(dataDir, "fanfare.sqlite"), { readonly: true, timeout: 5_000 });
  const count = async (sql: string) => (sqlite.prepare(sql).get() as { count: number }).count;
  return witness(count, () => void sqlite.close());
}

export const witnessPostgres = (url: string): Witness =>
  witness(
    async (sql) => Number((await runSql(url, sql))[0]?.count),
    () => {},
  );

const witness = (count: (sql: string) => Promise<number>, close: () => void): Witness => ({
  pending: () => count(pending),
  unansweredAttempts: () => count(unanswered),
  deliveredTwice: () => count(twice),
  close,
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/node-postgres";
import { StoreError } from "../../store-error";
import { makeNextDays } from "../upkeep/days";
import { type Database, epochMs } from "./connection";
import { onlyOne } from "./rows";
import { noticeAnotherServer } from "./same-server";
import { codeOf } from "./sqlstate";
import { type Address, visit } from "./visit";

const migrationsFolder = join(process.cwd(), "db/postgres/migrations");
/** What was applied. Not drizzle's usual name: a database may hold another program's tables, too. */
const table = sql.identifier("fanfare_migrations");
/** Any number that nobody else takes for this: two starts at once migrate one after the other. */
const lockNumber = 4_615_227_001;

/**
 * Brings a database to this version's schema, all of it or nothing. Throws a StoreError, and changes nothing, when it is
 * newer, or when names in it are taken. What comes first finds the partition of its day.
 */
export function migrateDatabase(address: Address): Promise<void> {
  return visit(address, async (client) => {
    const db = drizzle(client);
    try {
      await db.transaction(async (tx) => {
        await applyMissing(tx);
        await noticeAnotherServer(tx);
      });
    } catch (error) {
      throw refusalOf(error) ?? error;
    }
    // Who maintains the store tries again, and says what is in the way.
    await makeNextDays(db, (body) => db.transaction(body), await nowOf(db));
  });
}

async function nowOf(db: Pick<Database, "execute">): Promise<number> {
  const { rows } = await db.execute<{ now: string }>(sql`select ${sql.raw(epochMs)} as now`);
  return Number(onlyOne(rows).now);
}

/** The lock is the transaction's, so that it is let go in any case, also behind a pooler. */
async function applyMissing(db: Pick<Database, "execute">): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(${lockNumber})`);
  const applied = await appliedUntil(db);
  if (applied > newestMigration()) throw newerSchema();
  if (applied === newestMigration()) return;
  await db.execute(
    sql`create table if not exists ${table} (created_at bigint primary key, hash text not null)`,
  );
  for (const { folderMillis, hash, sql: statements } of readMigrationFiles({ migrationsFolder })) {
    if (folderMillis <= applied) continue;
    for (const statement of statements) await db.execute(sql.raw(statement));
    await db.execute(sql`insert into ${table} values (${folderMillis}, ${hash})`);
  }
}

/** Throws a StoreError unless the database has exactly this version's schema. */
export async function assertSchema(db: Pick<Database, "execute">): Promise<void> {
  const applied = await appliedUntil(db);
  if (applied > newestMigration()) throw newerSchema();
  if (applied < newestMigration())
    throw new StoreError("The database is not migrated to this version. Run npm start once.");
}

const newerSchema = () =>
  new StoreError("The database was made by a newer version of Fanfare. Start that version, or a newer one.");

/** What an operator can do something about. */
function refusalOf(error: unknown): StoreError | null {
  const { code, message } = causeOf(error);
  if (code === "42P07" || code === "42710")
    return new StoreError(
      `The database holds something that is not Fanfare's under a name that Fanfare needs: ${message}. ` +
        `Nothing was changed. Give Fanfare a database of its own.`,
    );
  if (code === "42501")
    return new StoreError(
      `The user of the database may not make tables in it: ${message}. Nothing was changed.`,
    );
  return null;
}

/** Drizzle wraps what Postgres said. */
function causeOf(error: unknown): { code: string | undefined; message: string } {
  const { cause, message } = error as Error;
  return cause instanceof Error ? causeOf(cause) : { code: codeOf(error), message };
}

async function appliedUntil(db: Pick<Database, "execute">): Promise<number> {
  const { rows: tables } = await db.execute(sql`select where to_regclass('fanfare_migrations') is not null`);
  if (tables.length === 0) return 0;
  const { rows } = await db.execute<{ at: string | null }>(sql`select max(created_at) as at from ${table}`);
  return Number(onlyOne(rows).at ?? 0);
}

let newest: number | undefined;
function newestMigration(): number {
  if (newest === undefined) {
    const journal = JSON.parse(readFileSync(join(migrationsFolder, "meta/_journal.json"), "utf8"));
    newest = Math.max(...(journal as { entries: { when: number }[] }).entries.map(({ when }) => when));
  }
  return newest;
}

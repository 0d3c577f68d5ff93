import Database from "better-sqlite3";
import { addFormerLack, addLack, type Lack } from "../../rows/recount";
import { assertSchema } from "../connection/migrate";
import { lacks } from "./audit-counters";

const busyTimeoutMs = 10_000;

/** Counts anew what is counted of webhooks in a database file, which may be in use. Answers what was mended. */
export function recountFile(file: string): Lack[] {
  const sqlite = new Database(file, { fileMustExist: true, timeout: busyTimeoutMs });
  try {
    assertSchema(sqlite);
    const found = sqlite.prepare(lacks).all() as Lack[];
    for (const lack of found) sqlite.transaction(() => mend(sqlite, lack)).immediate();
    return found;
  } finally {
    sqlite.close();
  }
}

/** A webhook that was deleted since has taken what its numbers lacked to its customer's. */
function mend(sqlite: Database.Database, lack: Lack): void {
  if (sqlite.prepare(addLack(lack)).run().changes === 0) sqlite.prepare(addFormerLack(lack)).run();
}

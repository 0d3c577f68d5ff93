import { randomUUID } from "node:crypto";
import pg from "pg";
import { isAway } from "../postgres/connection/away";
import { begunCopy } from "../postgres/connection/begun-copy";
import { type Address, visit } from "../postgres/connection/visit";
import { addressOf, migratePostgres } from "../postgres/open";
import { databaseFile } from "../sqlite/connection/database-file";
import { assertSchema } from "../sqlite/connection/migrate";
import { moved, readMove, writeMove } from "../sqlite/connection/moved";
import { openAlone } from "../sqlite/connection/open-alone";
import type { Sealed, SecretOwner } from "../store";
import { StoreError } from "../store-error";
import { isSame } from "./compare";
import { type Source, sourceOf } from "./source";
import { occupied, type Target, targetOf } from "./target";
import { type Key, keyOf, type Twin, twins } from "./twins";

export { StoreError };

export type CopyOptions = {
  dataDir: string;
  databaseUrl: string;
  databaseDirectUrl: string | null;
  /** Throws when the keys do not open a secret. */
  assertOpens: (secret: Sealed, owner: SecretOwner) => void;
  /** The mark of the keys (see KeyMark). */
  mark: string;
  onProgress: (progress: Progress) => void;
};

/** So many rows of a table are done, of all of them. */
export type Progress = { doing: "copied" | "compared"; table: string; rows: number; of: number };

/** Where the data is now, and how many rows that are. */
export type Copied = { place: string; rows: number };

/** Older ones are kept together: each is a table more, twice, that whoever plans a statement looks at. */
const daysMade = 100;

type Both = { source: Source; target: Target };

/**
 * Moves an installation from the SQLite file of a folder into an empty Postgres database, which nobody can use before
 * all of it is there and has been compared; from then on nobody can use the file. Goes on where an earlier call was cut
 * off, at whatever moment. Throws a StoreError when it cannot be, before anything is changed.
 */
export async function copyToPostgres(options: CopyOptions): Promise<Copied> {
  const sqlite = openAlone(databaseFile(options.dataDir));
  try {
    assertSchema(sqlite);
    const source = sourceOf(sqlite);
    for (const { secret, owner } of source.listSecrets()) options.assertOpens(secret, owner);
    return await visit(addressOf(options), (client) => move(options, { source, target: targetOf(client) }));
  } catch (error) {
    if (!isAway(error)) throw error;
    throw new StoreError(
      `The database went away: ${(error as Error).message}. Run the same again: it goes on where it was.`,
    );
  } finally {
    sqlite.close();
  }
}

async function move(options: CopyOptions, both: Both): Promise<Copied> {
  const { dataDir, onProgress, mark } = options;
  const { source, target } = both;
  const copyId = await begin(options, target);
  if (!(await isPartOf(both, onProgress))) await target.empty(); // the file was used since
  await target.makeDays(source.listDays(daysMade));
  let rows = 0;
  for (const twin of twins) rows += await copyTable(both, twin, onProgress);
  for (const twin of twins) await assertSame(both, twin, onProgress);
  const place = placeOf(addressOf(options));
  // Before anybody is let in there, nobody is let in here any more.
  writeMove(dataDir, { copyId, to: place });
  const numbers = new Map(source.listNumbers().map(({ name, seq }) => [name, seq]));
  await target.finish(copyId, { mark, numbers, lastTurn: source.lastTurn() });
  return { place, rows };
}

/** Answers the id of this copy, which both know from then on. */
async function begin(options: CopyOptions, target: Target): Promise<string> {
  const begun = readMove(options.dataDir);
  const mark = await target.mark();
  if (begun && mark === begunCopy(begun.copyId)) return begun.copyId;
  if (begun?.to) throw moved(options.dataDir, begun.to);
  if (mark !== undefined) throw occupied();
  await migratePostgres(options);
  const copyId = randomUUID();
  writeMove(options.dataDir, { copyId, to: null });
  await target.begin(copyId);
  return copyId;
}

/** Whether what an earlier call copied is what is in the file now. */
async function isPartOf(both: Both, onProgress: CopyOptions["onProgress"]): Promise<boolean> {
  for (const twin of twins) {
    const last = await both.target.lastKey(twin);
    const tell = teller("compared", twin, await both.target.count(twin), onProgress);
    if (last && !(await isSame(both, twin, last, tell))) return false;
  }
  return true;
}

/** Copies what is not there yet. Answers how many rows the table has. */
async function copyTable({ source, target }: Both, twin: Twin, onProgress: CopyOptions["onProgress"]) {
  const of = source.count(twin);
  const tell = teller("copied", twin, of, onProgress);
  tell(await target.count(twin));
  let after: Key | null = await target.lastKey(twin);
  for (;;) {
    const rows = source.read(twin, after, null);
    const last = rows.at(-1);
    if (!last) return of;
    await target.write(twin, rows);
    after = keyOf(twin, last);
    tell(rows.length);
  }
}

async function assertSame(both: Both, twin: Twin, onProgress: CopyOptions["onProgress"]): Promise<void> {
  const tell = teller("compared", twin, both.source.count(twin), onProgress);
  if (await isSame(both, twin, null, tell)) return;
  throw new StoreError(
    `The rows of "${twin.name}" are not the same in both databases. Fanfare may go on with the SQLite file. Run the same ` +
      `again to copy anew.`,
  );
}

function teller(doing: Progress["doing"], { name }: Twin, of: number, onProgress: CopyOptions["onProgress"]) {
  let rows = 0;
  return (more: number) => {
    rows += more;
    onProgress({ doing, table: name, rows, of });
  };
}

/** Without user and password. */
function placeOf({ url }: Address): string {
  const { database, host, port } = new pg.Client({ connectionString: url });
  return `the database "${database}" on ${host}:${port}`;
}

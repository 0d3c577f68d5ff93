import { createHash, type Hash } from "node:crypto";
import type { Source } from "./source";
import type { Target } from "./target";
import { type Key, keyOf, type Row, type Twin } from "./twins";

/**
 * Whether a table's rows are the same in both, up to a key or all of them: as many, and of the same checksum over what
 * each reads back. Tells after each few rows how many were looked at.
 */
export async function isSame(
  { source, target }: { source: Source; target: Target },
  twin: Twin,
  upTo: Key | null,
  onRows: (count: number) => void,
): Promise<boolean> {
  const [here, there] = [createHash("sha256"), createHash("sha256")];
  let after: Key | null = null;
  for (;;) {
    const rows = source.read(twin, after, upTo);
    const last = rows.at(-1);
    if (!last) break;
    const upToLast = keyOf(twin, last);
    const found = await target.read(twin, after, upToLast, rows.length + 1);
    if (found.length !== rows.length) return false;
    add(here, rows);
    add(there, found);
    after = upToLast;
    onRows(rows.length);
  }
  if (here.digest("hex") !== there.digest("hex")) return false;
  return upTo ? isEqual(after, upTo) : (await target.count(twin)) === source.count(twin);
}

function add(hash: Hash, rows: Row[]): void {
  for (const row of rows) hash.update(`${JSON.stringify(row.map(shortly))}\n`);
}

/** Bytes as JSON would be a list of numbers. */
const shortly = (value: unknown) => (Buffer.isBuffer(value) ? value.toString("base64") : value);

const isEqual = (one: Key | null, other: Key) => JSON.stringify(one) === JSON.stringify(other);

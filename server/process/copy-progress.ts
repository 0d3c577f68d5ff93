import type { Progress } from "@/db/copy/copy-to-postgres";

const everyMs = 1_000;

/**
 * Tells each second how far a copy has come, and at the end of each table that took as long: rows, how many a second,
 * and the time that is left of the table.
 */
export function copyProgress(say: (line: string) => void, now = () => performance.now()) {
  let part = "";
  let start = { at: 0, rows: 0 };
  let saidAt = now();
  return ({ doing, table, rows, of }: Progress): void => {
    const at = now();
    if (part !== `${doing} ${table}`) {
      part = `${doing} ${table}`;
      start = { at, rows };
    }
    if (at - saidAt < everyMs) return;
    saidAt = at;
    const perSecond = ((rows - start.rows) * 1_000) / Math.max(1, at - start.at);
    const left =
      perSecond > 0 && rows < of
        ? `, ${Math.round(perSecond)}/s, ${Math.ceil((of - rows) / perSecond)} s left`
        : "";
    say(`${table}: ${rows} of ${of} rows ${doing}${left}`);
  };
}

import type Database from "better-sqlite3";
import type { Statement } from "./statements.kit";

/** What a statement may do although the rules forbid it, and why that is no harm. */
export type Exception = { statement: RegExp; step: RegExp; because: string };

type Step = { id: number; parent: number; detail: string };
type Index = { table: string; isUnique: boolean; isPartial: boolean; columns: number };

/** These grow with what happens, and not only with who takes part. */
const historyTables = ["events", "deliveries", "attempts", "rollups"];

/**
 * Judges how SQLite would run statements on this database, with the statistics that it has. Forbidden are: reading
 * a whole table or index, sorting in a temporary one, a list walked for each row, and a search in a table of history
 * that is no look-up of one row, unless its index holds only what is alive.
 */
export function planRules(sqlite: Database.Database) {
  const indexes = indexesOf(sqlite);

  return (statement: Statement, exceptions: Exception[]): { forbidden: string[]; used: Exception[] } => {
    const used: Exception[] = [];
    const forbidden = stepsOf(statement).filter((step, _, all) => {
      if (!isForbidden(step, all)) return false;
      const exception = exceptions.find(
        (each) => each.statement.test(statement.source) && each.step.test(step.detail),
      );
      if (exception) used.push(exception);
      return !exception;
    });
    return { forbidden: forbidden.map(({ detail }) => detail), used };
  };

  function stepsOf({ source, values }: Statement): Step[] {
    const given = values ?? [...source.matchAll(/\?/g)].map(() => null);
    // The steps of a plain insert are those of foreign keys, for deletions that it never makes.
    if (/^insert into/.test(source) && !/\bselect\b/.test(source)) return [];
    return sqlite.prepare<unknown[], Step>(`explain query plan ${source}`).all(...given);
  }

  function isForbidden(step: Step, all: Step[]): boolean {
    const { detail } = step;
    if (detail.startsWith("USE TEMP B-TREE")) return true;
    if (detail.startsWith("SCAN json_each")) return isRepeated(step, all);
    if (detail.startsWith("SCAN")) return detail !== "SCAN CONSTANT ROW";
    const [, table, how] = /^SEARCH (\w+)(?: USING (.*))?$/.exec(detail) ?? [];
    // The first or last entry of an index has no condition.
    if (table === undefined || how === undefined) return false;
    const [, name, conditions = ""] = /INDEX (\w+) \((.*?)\)/.exec(how) ?? [];
    const index = indexes.get(name ?? "");
    const equalities = conditions.split(" AND ").filter((each) => /[^<>]=\?$/.test(each)).length;
    if (!index) return !how.includes("(rowid=?)");
    if (index.isPartial || (index.isUnique && equalities === index.columns)) return false;
    return historyTables.includes(index.table) || equalities === 0;
  }

  /** Inside a subquery that runs for each row, or of a join that has other tables before it. */
  function isRepeated(step: Step, all: Step[]): boolean {
    const before = all.slice(0, all.indexOf(step));
    if (before.some(({ parent, detail }) => parent === step.parent && /^(SEARCH|SCAN)/.test(detail)))
      return true;
    for (
      let at = all.find(({ id }) => id === step.parent);
      at;
      at = all.find(({ id }) => id === at?.parent)
    ) {
      if (at.detail.startsWith("CORRELATED")) return true;
    }
    return false;
  }
}

function indexesOf(sqlite: Database.Database): Map<string, Index> {
  const rows = sqlite
    .prepare(
      `select i.name, t.name "table", i."unique" isUnique, i.partial isPartial,
        (select count(*) from pragma_index_info(i.name)) columns
      from pragma_table_list t, pragma_index_list(t.name) i where t.schema = 'main'`,
    )
    .all() as (Index & { name: string })[];
  return new Map(rows.map((row) => [row.name, row]));
}

/** Foreign keys whose own side no index begins with: deleting what they refer to reads the whole table. */
export function unindexedForeignKeys(sqlite: Database.Database): string[] {
  return sqlite
    .prepare(
      `select t.name || '.' || f."from" from pragma_table_list t, pragma_foreign_key_list(t.name) f
      where t.schema = 'main' and t.type = 'table'
        and not (select count(*) from pragma_table_info(t.name) c where c.name = f."from" and c.pk = 1)
        and not exists (select 1 from pragma_index_list(t.name) i, pragma_index_info(i.name) c
          where c.seqno = 0 and c.name = f."from" and not i.partial)`,
    )
    .pluck()
    .all() as string[];
}

import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { begunCopy } from "../postgres/connection/begun-copy";
import { candidateLimit } from "../postgres/queue/ready-webhooks";
import { makeDays } from "../postgres/upkeep/days";
import { StoreError } from "../store-error";
import { type Key, keyOf, quoted, type Row, type Twin, twins } from "./twins";

/** The database that is copied into, which nobody else uses while it says that a copy was begun. */
export type Target = ReturnType<typeof targetOf>;

export function targetOf(client: pg.Client) {
  return {
    async count({ name, only }: Twin): Promise<number> {
      const { rows } = await client.query(`select count(*) as n from ${name} where ${only.postgres}`);
      return Number(rows[0]?.n);
    },

    /** So that what is of these days goes with its day as if it had come here first. */
    async makeDays(days: number[]): Promise<void> {
      const db = drizzle(client);
      await makeDays(db, (body) => db.transaction(body), days, Number.POSITIVE_INFINITY);
    },

    /** All of them or none. */
    async write({ name, columns }: Twin, rows: Row[]): Promise<void> {
      const given = columns.map(({ postgresType }, place) => `$${place + 1}::${postgresType}[]`);
      await client.query(
        `insert into ${name} (${columns.map((column) => quoted(column.name)).join()}) overriding system value
        select * from unnest(${given.join()})`,
        columns.map(({ toPostgres }, place) => rows.map((row) => toPostgres(row[place]))),
      );
    },

    /** Up to `limit` rows between two keys, of which the second is among them. */
    async read(twin: Twin, after: Key | null, upTo: Key, limit: number): Promise<Row[]> {
      const conditions = [twin.only.postgres, `${keyIn(twin)} <= ${places(upTo, 1)}`];
      if (after) conditions.push(`${keyIn(twin)} > ${places(after, 1 + upTo.length)}`);
      const { rows } = await client.query<unknown[]>({
        text: `select ${twin.columns.map(({ name }) => quoted(name)).join()} from ${twin.name}
          where ${conditions.join(" and ")} order by ${orderOf(twin, "asc")} limit ${limit}`,
        values: [...upTo, ...(after ?? [])],
        rowMode: "array",
      });
      return rows.map((stored) => toRow(twin, stored));
    },

    /** The key of the last row that is there; null when none is. */
    async lastKey(twin: Twin): Promise<Key | null> {
      const { rows } = await client.query<unknown[]>({
        text: `select ${twin.columns.map(({ name }) => quoted(name)).join()} from ${twin.name}
          where ${twin.only.postgres} order by ${orderOf(twin, "desc")} limit 1`,
        rowMode: "array",
      });
      return rows[0] ? keyOf(twin, toRow(twin, rows[0])) : null;
    },

    /** Takes away what was copied. */
    async empty(): Promise<void> {
      const whole = twins.filter(({ only }) => only.postgres === "true").map(({ name }) => name);
      const parts = twins.filter(({ only }) => only.postgres !== "true");
      await client.query("begin");
      // The search index is none of what was copied, and refers to it.
      await client.query(`truncate ${whole.join()}, search_segments, search_terms`);
      for (const { name, only } of parts) await client.query(`delete from ${name} where ${only.postgres}`);
      await client.query("commit");
    },

    /** The mark that is there; undefined when there is none. */
    async mark(): Promise<string | undefined> {
      const { rows: tables } = await client.query("select where to_regclass('key_marks') is not null");
      if (tables.length === 0) return undefined;
      const { rows } = await client.query<{ mark: string }>("select mark from key_marks");
      return rows[0]?.mark;
    },

    /** Throws a StoreError, and changes nothing, where there is anything yet. */
    async begin(copyId: string): Promise<void> {
      await client.query("begin");
      try {
        const { rowCount } = await client.query(
          "insert into key_marks (mark) values ($1) on conflict do nothing",
          [begunCopy(copyId)],
        );
        const isTaken = twins.map(({ name, only }) => `exists (select from ${name} where ${only.postgres})`);
        const { rows } = await client.query<{ taken: boolean }>(`select ${isTaken.join(" or ")} as taken`);
        if (rowCount === 0 || rows[0]?.taken) throw occupied();
        await client.query("commit");
      } catch (error) {
        await client.query("rollback").catch(() => {});
        throw error;
      }
    },

    /**
     * Lets processes with these keys in. Rows are numbered on from where the other database was: numbers that were given
     * to rows which are gone are not given out again.
     */
    async finish(
      copyId: string,
      { mark, numbers, lastTurn }: { mark: string; numbers: Map<string, number>; lastTurn: number },
    ): Promise<void> {
      await client.query("analyze");
      await client.query("begin");
      for (const { name } of twins.filter(({ isNumbered }) => isNumbered)) {
        const last = numbers.get(name);
        if (last) await client.query("select setval(pg_get_serial_sequence($1, 'key'), $2)", [name, last]);
      }
      await client.query("select setval('turns', $1, false)", [Math.floor(lastTurn / candidateLimit) + 1]);
      await client.query("update key_marks set mark = $1 where mark = $2", [mark, begunCopy(copyId)]);
      await client.query("commit");
    },
  };
}

export const occupied = () =>
  new StoreError(
    "The database holds another installation already, or the beginning of another copy (DATABASE_URL). Nothing was " +
      "changed. Give it an empty database.",
  );

const toRow = ({ columns }: Twin, stored: unknown[]): Row =>
  columns.map(({ fromPostgres }, place) => fromPostgres(stored[place]));

/** Texts in the order that SQLite has them in, whatever language the database sorts by. */
const inOrder = ({ key }: Twin) =>
  key.map(({ name, isText }) => (isText ? `${quoted(name)} collate "C"` : quoted(name)));

const keyIn = (twin: Twin) => `(${inOrder(twin).join()})`;
const places = (key: Key, first: number) => `(${key.map((_, index) => `$${first + index}`).join()})`;
const orderOf = (twin: Twin, way: "asc" | "desc") =>
  inOrder(twin)
    .map((column) => `${column} ${way}`)
    .join();

import type Database from "better-sqlite3";
import { dayMs } from "../postgres/schema/day";
import type { Sealed, SecretOwner } from "../store";
import type { Key, Plain, Row, Twin } from "./twins";

/** Rows that are in memory at a time, and their bytes, about: bodies of events may be long. */
const batchRows = 2_000;
const batchBytes = 4 * 1024 * 1024;

/** The database that is copied, which nobody changes meanwhile. */
export type Source = ReturnType<typeof sourceOf>;

export function sourceOf(sqlite: Database.Database) {
  return {
    count: ({ from, only }: Twin): number =>
      Number(sqlite.prepare(`select count(*) from ${from} where ${only.sqlite}`).pluck().get()),

    /** The next few rows after a key, up to another, in the order of their keys; none at the end. */
    read(twin: Twin, after: Key | null, upTo: Key | null): Row[] {
      const conditions = [twin.only.sqlite, after && `${keyIn(twin)} > ${places(after)}`];
      if (upTo) conditions.push(`${keyIn(twin)} <= ${places(upTo)}`);
      const statement = sqlite
        .prepare<Key, unknown[]>(
          `select ${twin.columns.map(({ sqlite: value }) => value).join()} from ${twin.from}
          where ${conditions.filter(Boolean).join(" and ")} order by ${columnsOf(twin).join()}`,
        )
        .raw();
      const rows: Row[] = [];
      let bytes = 0;
      for (const stored of statement.iterate(...(after ?? []), ...(upTo ?? []))) {
        rows.push(twin.columns.map(({ fromSqlite }, place) => fromSqlite(stored[place])));
        bytes += stored.reduce<number>((sum, value) => sum + bytesOf(value), 0);
        if (rows.length >= batchRows || bytes >= batchBytes) break;
      }
      return rows;
    },

    /** The newest days that events are of. */
    listDays: (count: number) =>
      sqlite
        .prepare<[number], number>(
          `select distinct created_at / ${dayMs} as day from events order by day desc limit ?`,
        )
        .pluck()
        .all(count),

    /** The highest number that was ever given to a row of each table. */
    listNumbers: () =>
      sqlite.prepare<[], { name: string; seq: number }>("select name, seq from sqlite_sequence").all(),

    lastTurn: () =>
      Number(sqlite.prepare("select max(value) from counters where name = 'turn'").pluck().get() ?? 0),

    listSecrets(): { secret: Sealed; owner: SecretOwner }[] {
      return ["secret", "previous_secret", "client_key"].flatMap((column) =>
        sqlite
          .prepare<[], { secret: Sealed; customerId: string; webhookId: string }>(
            `select w.${column} as secret, c.id as customerId, w.id as webhookId
            from webhooks w join customers c on c.key = w.customer_key where w.${column} is not null`,
          )
          .all()
          .map(({ secret, ...owner }) => ({ secret, owner })),
      );
    },
  };
}

const columnsOf = ({ key }: Twin) => key.map(({ sqlite: column }) => column);
const keyIn = (twin: Twin) => `(${columnsOf(twin).join()})`;
const places = (key: Key) => `(${key.map(() => "?").join()})`;

function bytesOf(value: Plain): number {
  return typeof value === "string" || Buffer.isBuffer(value) ? value.length : 8;
}

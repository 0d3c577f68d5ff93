import Database from "better-sqlite3";
import { databaseFile } from "./sqlite/connection/database-file";

export type Past = {
  customer: string;
  webhook: string;
  count: number;
  /** When the first event was accepted; one more each millisecond. */
  from: number;
  status?: "delivered" | "failed";
  /** Of each event's payload, about. */
  payloadBytes?: number;
};

/** Gives a webhook a long past in a moment: events with a delivery each that has ended. */
export function addPast(dataDir: string, past: Past): void {
  const sqlite = new Database(databaseFile(dataDir));
  const given = { status: "delivered", payloadBytes: 0, ...past };
  sqlite.transaction(() => {
    sqlite
      .prepare(
        `with recursive n (i) as (select 0 union all select i + 1 from n where i + 1 < @count)
        insert into events (id, customer_key, type, payload, content_hash, is_test, deliveries, skipped, created_at)
        select 'past-' || @from || '-' || i, c.key, 'search_completed',
          '{"id":"past-' || @from || '-' || i || '","data":{"text":"' || printf('%.*c', @payloadBytes, 'x') || '"}}',
          'past', 0, 1, '[]', @from + i
        from n join customers c on c.id = @customer`,
      )
      .run(given);
    sqlite
      .prepare(
        `insert into deliveries (event_key, webhook_key, customer_key, event_type, status, due_at, next_reason,
          created_at, pending_since, ended_at, change)
        select e.key, w.key, e.customer_key, e.type, @status, e.created_at, 'scheduled', e.created_at, e.created_at,
          e.created_at, coalesce((select value from counters where name = 'change'), 0) + row_number() over (order by e.key)
        from events e join webhooks w on w.id = @webhook
        where e.content_hash = 'past' and e.created_at between @from and @from + @count - 1 and e.customer_key = w.customer_key`,
      )
      .run(given);
    sqlite
      .prepare(
        `insert into counters (name, value) values ('change', @count)
        on conflict do update set value = value + excluded.value`,
      )
      .run(given);
  })();
  sqlite.close();
}

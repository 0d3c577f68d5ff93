import Database from "better-sqlite3";
import { migrateDatabase } from "./connection/migrate";

/**
 * A database like one in production: one of 300 customers has a third of everything, some are deleted, something
 * waits and something is in flight. There are few rows, in the proportions of millions.
 */
export function databaseWithHistory(): Database.Database {
  const sqlite = new Database(":memory:");
  migrateDatabase(sqlite);
  sqlite.exec(history);
  return sqlite;
}

const numbers = (until: number) =>
  `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${until})`;
const startOf2026 = Date.UTC(2026, 0, 1);

const history = `
  insert into customers (key, id, external_id, name, created_at, deleted_at)
  ${numbers(300)} select i, 'customer-' || i, 'external-' || i, 'Northwind', ${startOf2026}, iif(i % 100 = 0, 1, null) from n;

  insert into webhooks (key, id, customer_key, url, is_active, events, created_at, updated_at, deleted_at, previous_secret_until)
  ${numbers(900)} select i, 'webhook-' || i, 1 + i % 300, 'https://receiver.example/', 1, '["search_completed"]', 1, 1,
    iif(i % 30 = 0, 1, null), iif(i % 90 = 0, 1, null) from n;

  insert into webhook_queue (webhook_key, customer_key, ready_at, is_paused, failures)
  select key, customer_key, iif(key % 10 = 0, ${startOf2026}, null), 0, '[]' from webhooks where deleted_at is null;

  insert into events (key, id, customer_key, type, payload, content_hash, deliveries, skipped, created_at)
  ${numbers(20_000)} select i, 'event-' || i, iif(i % 3 = 0, 1, 1 + i % 300), iif(i % 4 = 0, 'search_completed', 'flow_run_failed'),
    '{}', '', 2, '[]', ${startOf2026} + i * 1000 from n;

  insert into deliveries (event_key, webhook_key, customer_key, event_type, status, due_at, next_reason, created_at,
    pending_since, ended_at, change, attempts, status_code, is_test, leased_by)
  select e.key, w.key, e.customer_key, e.type, iif(e.key % 50 = 0, 'pending', iif(e.key % 20 = 0, 'failed', 'delivered')),
    e.created_at, 'scheduled', e.created_at, 1, iif(e.key % 50 = 0, null, e.created_at), e.key, 1, 200, e.key % 1000 = 0,
    iif(e.key % 500 = 0, 'worker', null)
  from events e join webhooks w on w.customer_key = e.customer_key and w.key <= 600;

  insert into attempts (delivery_key, number, reason, started_at, duration_ms, timings, peer)
  select key, 1, 'scheduled', created_at, 20, '{}', '{}' from deliveries;

  insert into rollups (webhook_key, step, start, counters)
  ${numbers(60)} select key, iif(i % 3 = 0, 'hour', 'minute'), i * 60000, '{}' from webhooks, n;

  insert into recoveries (id, customer_key, webhook_key, since, until, include, targets, after_event_at, last_event, total, state, created_at, ended_at)
  ${numbers(600)} select 'recovery-' || i, w.customer_key, iif(i % 2 = 0, null, i), 0, 1, '["failed"]', '[]', 0, 1, 1,
    iif(i % 300 = 0, 'running', 'done'), 1, iif(i % 300 = 0, null, 1) from n join webhooks w on w.key = i;
  update deliveries set recovery_key = 1 + key % 600, attempts_before = 1 where key % 20 = 0;

  insert into members (user_id, customer_key, role, created_at) ${numbers(600)} select 'user-' || i, 1 + i % 300, 'owner', 1 from n;
  insert into api_keys (id, customer_key, prefix, hash, created_at)
  ${numbers(600)} select 'key-' || i, 1 + i % 300, 'fk', 'hash-' || i, 1 from n;
  insert into invitations (id, customer_key, role, hash, created_at, expires_at)
  ${numbers(300)} select 'invitation-' || i, 1 + i % 300, 'member', 'hash-' || i, 1, ${startOf2026} + i * 864000000 from n;
  insert into portal_links (hash, customer_key, expires_at) ${numbers(300)} select 'hash-' || i, 1 + i % 300, ${startOf2026} + i * 864000000 from n;
  insert into portal_sessions (hash, customer_key, expires_at) ${numbers(300)} select 'hash-' || i, 1 + i % 300, ${startOf2026} + i * 864000000 from n;
  insert into counters (name, value) values ('change', 1), ('turn', 1);
  insert into workers (id, pid, beat_at) values ('worker', 1, 1);
`;

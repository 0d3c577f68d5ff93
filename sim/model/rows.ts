import type { Connection } from "@/db/sqlite/connection/connection";

export type DeliveryRow = {
  key: number;
  event_key: number;
  webhook_key: number;
  status: string;
  due_at: number;
  leased_by: string | null;
  attempts: number;
  tries: number;
  signs_with: string | null;
  error_code: string | null;
  refusal: string | null;
  /** All that the model foretells to the letter, in one text. */
  state: string;
};
export type AttemptRow = {
  delivery_key: number;
  number: number;
  reason: string;
  status_code: number | null;
  error_code: string | null;
  duration_ms: number;
  url: string | null;
  sent_by: string | null;
  signed_at: number | null;
  request_headers: string | null;
};
export type HookRow = {
  key: number;
  is_active: number;
  version: number;
  /** Since when, how many failures, the latest, the time that they cover, in one text. */
  countdown: string | null;
  last_attempt_ok: number | null;
  /** Which secret does, and since when that is the new one, in one text. */
  leads: string;
  pending: number;
  is_paused: number;
  paused_until: number | null;
  opened_at: number | null;
  probe_delay_ms: number | null;
  probe_at: number | null;
  probes_made: number;
};
export type EventRow = {
  key: number;
  customer_key: number;
  id: string;
  type: string;
  payload: string;
  created_at: number;
  is_test: number;
  deliveries: number;
};
export type SystemHookRow = {
  key: number;
  id: string;
  secret: string | null;
  customer_key: number;
  customer_id: string;
};
export type RecoveryRow = { id: string; state: string; done: number; total: number };
export type RollupRow = { webhook_key: number; start: number; counters: string };

/** The database as it is now, inside a transaction too: read with plain SQL, apart from the store's own code. */
export type Rows = ReturnType<typeof rowsOf>;

export function rowsOf({ sqlite }: Pick<Connection, "sqlite">) {
  const many = <T>(sql: string) => {
    const statement = sqlite.prepare(sql);
    return (...values: (number | string)[]) => statement.all(...values) as T[];
  };
  const one = <T>(sql: string) => {
    const statement = sqlite.prepare(sql);
    return (...values: (number | string)[]) => statement.get(...values) as T | undefined;
  };
  const hookColumns = `w.key, is_active, version, last_attempt_ok, concat(signs_with, ' since ', coalesce(switched_at, 'null')) as leads,
    iif(countdown_since is null, null,
      concat_ws(' ', countdown_since, countdown_failures, countdown_last_at, countdown_covered_ms)) as countdown,
    pending, is_paused, paused_until, opened_at, probe_delay_ms, probe_at, probes_made
    from webhooks w join webhook_queue q on q.webhook_key = w.key`;
  const deliveryColumns = `key, event_key, webhook_key, status, due_at, leased_by, attempts, tries, error_code, signs_with, refusal,
    concat_ws(' ', status, lease, attempts, tries, probes, lost_in_a_row, ended_at) as state from deliveries`;
  // The agents' own are looked at by queries of theirs.
  const isOurs = "customer_key not in (select key from customers where id like 'agents:%')";
  const ofAgent = `from deliveries d join webhooks w on w.key = d.webhook_key
    join events e on e.key = d.event_key where d.is_test = 0 and w.subscription_id is not null`;
  const isOfAudience = "customer_key in (select key from customers where id in (?, ?))";
  const changes = sqlite.prepare("select total_changes()").pluck();
  return {
    changes: () => changes.get() as number,
    deliveries: many<DeliveryRow>(`select ${deliveryColumns} where ${isOurs} order by key`),
    delivery: one<DeliveryRow>(`select ${deliveryColumns} where key = ?`),
    deliveriesAfter: many<DeliveryRow>(`select ${deliveryColumns} where key > ? and ${isOurs} order by key`),
    attempts: many<AttemptRow>("select * from attempts order by delivery_key, number"),
    attempt: one<AttemptRow>("select * from attempts where delivery_key = ? and number = ?"),
    hooks: many<HookRow>(`select ${hookColumns}`),
    hook: one<HookRow>(`select ${hookColumns} where w.key = ?`),
    warnings: many<{ key: number; slow_since: number | null; certificate_told: number | null }>(
      "select key, slow_since, certificate_told from webhooks",
    ),
    hookKey: one<{ key: number }>("select key from webhooks where id = ?"),
    systemHook: one<SystemHookRow>(`
      select w.key, w.id, w.secret, c.key customer_key, c.id customer_id
      from webhooks w join customers c on c.key = w.customer_key where c.is_system = 1 and w.subscription_id is null`),
    customerKey: one<{ key: number }>("select key from customers where id = ?"),
    eventKeys: many<{ key: number }>(`select key from events where ${isOurs}`),
    eventsAfter: many<EventRow>(`select * from events where key > ? and ${isOurs} order by key`),
    agentDeliveries: many<{ id: string; created_at: number }>(
      `select w.subscription_id as id, e.created_at ${ofAgent} and e.id = ? and e.${isOfAudience}`,
    ),
    olderAgentEvent: one<{ key: number }>(
      `select key from events where id = ? and created_at <> ? and ${isOfAudience}`,
    ),
    agentKeys: many<{ webhook_id: string }>(
      "select id as webhook_id from webhooks where subscription_id is not null and deleted_at is null",
    ),
    heldAsLapsed: many<{ key: number }>(
      `select w.key from webhooks w join webhook_queue q on q.webhook_key = w.key
        where w.expires_at <= ? and w.is_active and q.is_paused`,
    ),
    agentsWaiting: many<{ key: number; id: string }>(
      `select d.key, w.subscription_id as id ${ofAgent} and d.status = 'pending' and d.due_at < ?
        and w.deleted_at is null and w.is_active and w.expires_at > ?
        and exists (select 1 from webhook_queue q where q.webhook_key = w.key and not q.is_paused and q.opened_at is null)`,
    ),
    recoveries: many<RecoveryRow>("select id, state, done, total from recoveries"),
    rollups: many<RollupRow>("select webhook_key, start, counters from rollups where step = 'hour'"),
  };
}

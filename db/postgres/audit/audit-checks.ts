import type { CheckName } from "../../finding";
import { differingFormer, differingWebhooks, unbalanced } from "./audit-counters";
import { differingRollups } from "./audit-rollups";

/** What a worker that lives gets done about deleted webhooks, at the least. */
const sweepMs = 60_000;
/** Nonce and tag of AES-GCM in base64, around nothing. */
const sealedLength = 40;

const delivery = "'delivery ' || d.key || ' of event ' || e.id";
const webhook = "'webhook ' || w.id";

/** A webhook's pending deliveries, tests aside, and the first moment at which a claim of one could succeed. */
const recount = `
  select w.key as webhook_key, count(d.key) as pending,
    case when min(d.due_at) is not null then greatest(min(d.due_at),
      case when q.opened_at is null then ceil(q.rate_next_at)::bigint else q.probe_at end) end as ready_at
  from webhooks w
    join webhook_queue q on q.webhook_key = w.key
    left join deliveries d on d.webhook_key = w.key and d.status = 'pending' and not d.is_test
  group by w.key, q.opened_at, q.probe_at, q.rate_next_at`;

/**
 * The invariants, each as a query of what breaks it: one row a violation, with an `example` in words. They may use
 * `:now`, and `:keptSince`, before which rows may have been pruned (both epoch milliseconds).
 */
export const checks: Record<CheckName, string> = {
  "every webhook that matched an event has its delivery": `
    select ${webhook} || ' has neither a delivery of event ' || e.id || ' nor a reason for none' as example
    from events e
      join webhooks w on w.customer_key = e.customer_key
        and w.after_event < e.key and w.deleted_at is null
      join customers c on c.key = e.customer_key and c.deleted_at is null
    where not e.is_test and e.created_at > :keptSince and not c.is_system
      and not exists (select from deliveries d where d.event_key = e.key and d.webhook_key = w.key)
      and not exists (
        select from json_array_elements(e.skipped) s(value) where (s.value ->> 0)::bigint = w.key)`,

  "an event's number of deliveries is what its fan-out made": `
    select 'event ' || e.id || ' says ' || e.deliveries || ' and has ' || count(d.key) as example
    from events e
      join customers c on c.key = e.customer_key and c.deleted_at is null
      left join deliveries d on d.event_key = e.key and d.created_at = e.created_at
    where e.created_at > :keptSince
    group by e.key, e.id, e.deliveries
    having count(d.key) <> e.deliveries`,

  "no webhook got what it was to be skipped for, but by recovery": `
    select ${delivery} || ' exists although ' || (s.value ->> 1) as example
    from events e
      cross join json_array_elements(e.skipped) s(value)
      join deliveries d on d.event_key = e.key and d.webhook_key = (s.value ->> 0)::bigint
    where s.value ->> 1 in ('not_subscribed', 'filtered') or d.created_at = e.created_at`,

  "event, delivery and webhook belong to one customer": `
    select ${delivery} as example
    from deliveries d join events e on e.key = d.event_key join webhooks w on w.key = d.webhook_key
    where d.customer_key <> e.customer_key or d.customer_key <> w.customer_key
      or d.event_type <> e.type or d.is_test <> e.is_test`,

  // By its beginning: what Postgres reads as JSON may not hold every text that JSON may.
  "a stored body names its own event": `
    select 'event ' || e.id as example
    from events e join customers c on c.key = e.customer_key
      left join payloads p on p.day = e.day and p.event_key = e.key
    where p.payload is null
      or c.id not like 'agents:%' and not starts_with(p.payload, '{"id":"' || e.id || '","type":"' || e.type || '"')
      or c.id like 'agents:%' and not e.is_test
        and not starts_with(p.payload, '{"eventId":"' || e.id || '","name":"' || e.type || '"')`,

  "attempts are numbered 1 to n, and n is the delivery's count": `
    select ${delivery} || ' counts ' || d.attempts || ' and has ' || count(a.number) as example
    from deliveries d join events e on e.key = d.event_key
      left join attempts a on a.day = e.day and a.delivery_key = d.key
    group by d.key, d.attempts, d.tries, d.probes, e.id
    having count(a.number) <> d.attempts or coalesce(min(a.number), 1) <> 1
      or coalesce(max(a.number), 0) <> d.attempts or greatest(d.tries, d.probes) > d.attempts`,

  "a delivery has ended exactly when it is not pending": `
    select ${delivery} || ' is ' || d.status as example
    from deliveries d join events e on e.key = d.event_key
    where (d.status = 'pending') <> (d.ended_at is null)`,

  "a delivery is delivered or failed as its last attempt was": `
    select ${delivery} || ' is ' || d.status || ' after '
      || coalesce(a.status_code::text, a.error_code, 'nothing') as example
    from deliveries d join events e on e.key = d.event_key
      left join attempts a on a.day = d.day and a.delivery_key = d.key and a.number = d.attempts
    where d.status not in ('pending', 'delivered', 'failed', 'cancelled')
      or (d.status = 'delivered' and (d.status_code is distinct from a.status_code
        or coalesce(a.status_code, 0) not between 200 and 299))
      or (d.status = 'failed' and d.error_code is distinct from 'expired'
        and a.status_code between 200 and 299)`,

  "only pending deliveries are leased, and leases are whole": `
    select ${delivery} || ' is ' || d.status as example
    from deliveries d join events e on e.key = d.event_key
    where (d.leased_by is not null and d.status <> 'pending')
      or (d.leased_by is null) <> (d.leased_at is null)
      or (d.leased_by is null) <> (d.leased_reason is null)`,

  "nothing waits for a deleted webhook": `
    select ${delivery} as example
    from deliveries d join events e on e.key = d.event_key join webhooks w on w.key = d.webhook_key
    where d.status = 'pending' and w.deleted_at is not null
      and exists (select from workers o where o.beat_at - w.deleted_at > ${sweepMs})`,

  "secrets are sealed": `
    select ${webhook} as example
    from webhooks w cross join lateral (values (w.secret), (w.previous_secret), (w.client_key)) s(value)
    where s.value is not null
      and (strpos(s.value, ':') = 0 or length(s.value) - strpos(s.value, ':') < ${sealedLength}
        or substr(s.value, strpos(s.value, ':') + 1) ~ '[^A-Za-z0-9+/=]')`,

  "only a webhook that is inactive has a reason for that": `
    select ${webhook} || ' says ' || w.disabled_reason as example
    from webhooks w where w.is_active and w.disabled_reason is not null`,

  "every webhook that is not deleted has its place in the queue": `
    select ${webhook} as example
    from webhooks w left join webhook_queue q on q.webhook_key = w.key
    where (w.deleted_at is null) <> (q.webhook_key is not null)
      or q.customer_key <> w.customer_key
      or (q.is_paused <> (not w.is_active or w.paused_at is not null) and coalesce(w.expires_at > :now, true))`,

  "the queue's pending counts equal a recount": `
    select ${webhook} || ' says ' || q.pending || ' and has ' || r.pending as example
    from webhook_queue q join webhooks w on w.key = q.webhook_key
      join (${recount}) r on r.webhook_key = w.key
    where q.pending <> r.pending`,

  "what is counted of each webhook equals a recount": differingWebhooks,

  "what is counted of deleted webhooks equals a recount": differingFormer,

  "what matched was delivered, waits, failed, was cancelled, or missed": unbalanced,

  "the queue's ready times equal a recount": `
    select ${webhook} || ' says ' || coalesce(q.ready_at::text, 'never') || ' and is ready at '
      || coalesce(r.ready_at::text, 'no time') as example
    from webhook_queue q join webhooks w on w.key = q.webhook_key
      join (${recount}) r on r.webhook_key = w.key
    where q.ready_at is distinct from r.ready_at`,

  "breakers are open or closed in all of their columns": `
    select ${webhook} as example
    from webhook_queue q join webhooks w on w.key = q.webhook_key
    where (q.opened_at is null) <> (q.probe_delay_ms is null)
      or (q.opened_at is null) <> (q.probe_at is null)
      or (q.opened_at is not null and q.is_draining)
      or (q.opened_at is null and (q.probes_made <> 0 or q.is_probe_refused))
      or json_array_length(q.failures) > 5
      or (q.opened_at is not null
        and (select count(distinct value) from json_array_elements_text(q.failures) f(value)) < 3)`,

  "recoveries have ended exactly when they are done": `
    select 'recovery ' || r.id || ' has done ' || r.done || ' of ' || r.total as example
    from recoveries r where (r.state <> 'running') <> (r.ended_at is not null)`,

  // The counter is that of Postgres's transactions, from where the database is ahead of it.
  "no change is numbered beyond the counter": `
    select ${delivery} || ' is change ' || d.change as example
    from deliveries d join events e on e.key = d.event_key
    where d.change >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
      + coalesce((select value from counters where name = 'change'), 0)`,

  "hourly rollups equal a recount of the attempts": differingRollups,
};

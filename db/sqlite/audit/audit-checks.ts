import type { CheckName } from "../../finding";
import { differingFormer, differingWebhooks, unbalanced } from "./audit-counters";
import { differingRollups } from "./audit-rollups";

/**
 * An invariant, as a query of what breaks it: one row a violation, with an `example` in words. May use `:now`,
 * and `:keptSince`, before which rows may have been pruned (both epoch milliseconds).
 */
export type Check = { name: CheckName; violations: string };

/** What a worker that lives gets done about deleted webhooks, at the least. */
const sweepMs = 60_000;
/** Nonce and tag of AES-GCM in base64, around nothing. */
const sealedLength = 40;

const delivery = "'delivery ' || d.key || ' of event ' || e.id";
const webhook = "'webhook ' || w.id";

/** A webhook's pending deliveries, tests aside, and the first moment at which a claim of one could succeed. */
const recount = `
  select w.key as webhook_key, count(d.key) as pending,
    max(min(d.due_at), iif(q.opened_at is null, ceil(q.rate_next_at), q.probe_at)) as ready_at
  from webhooks w
    join webhook_queue q on q.webhook_key = w.key
    left join deliveries d on d.webhook_key = w.key and d.status = 'pending' and d.is_test = 0
  group by w.key`;

export const checks: Check[] = [
  {
    name: "every webhook that matched an event has its delivery",
    violations: `
      select ${webhook} || ' has neither a delivery of event ' || e.id || ' nor a reason for none' as example
      from events e
        join webhooks w on w.customer_key = e.customer_key
          and w.after_event < e.key and w.deleted_at is null
        join customers c on c.key = e.customer_key and c.deleted_at is null
      where e.is_test = 0 and e.created_at > :keptSince and c.is_system = 0
        and not exists (select 1 from deliveries d where d.event_key = e.key and d.webhook_key = w.key)
        and not exists (select 1 from json_each(e.skipped) s where s.value ->> 0 = w.key)`,
  },
  {
    name: "an event's number of deliveries is what its fan-out made",
    violations: `
      select 'event ' || e.id || ' says ' || e.deliveries || ' and has ' || count(d.key) as example
      from events e
        join customers c on c.key = e.customer_key and c.deleted_at is null
        left join deliveries d on d.event_key = e.key and d.created_at = e.created_at
      where e.created_at > :keptSince
      group by e.key
      having count(d.key) <> e.deliveries`,
  },
  {
    name: "no webhook got what it was to be skipped for, but by recovery",
    violations: `
      select ${delivery} || ' exists although ' || (s.value ->> 1) as example
      from events e
        join json_each(e.skipped) s
        join deliveries d on d.event_key = e.key and d.webhook_key = s.value ->> 0
      where s.value ->> 1 in ('not_subscribed', 'filtered') or d.created_at = e.created_at`,
  },
  {
    name: "event, delivery and webhook belong to one customer",
    violations: `
      select ${delivery} as example
      from deliveries d join events e on e.key = d.event_key join webhooks w on w.key = d.webhook_key
      where d.customer_key <> e.customer_key or d.customer_key <> w.customer_key
        or d.event_type <> e.type or d.is_test <> e.is_test`,
  },
  {
    name: "a stored body names its own event",
    violations: `
      select 'event ' || e.id as example from events e join customers c on c.key = e.customer_key
      where case when c.id not like 'agents:%' then e.payload ->> 'id' is not e.id or e.payload ->> 'type' is not e.type
        when e.is_test = 0 then e.payload ->> 'eventId' is not e.id or e.payload ->> 'name' is not e.type end`,
  },
  {
    name: "attempts are numbered 1 to n, and n is the delivery's count",
    violations: `
      select ${delivery} || ' counts ' || d.attempts || ' and has ' || count(a.key) as example
      from deliveries d join events e on e.key = d.event_key left join attempts a on a.delivery_key = d.key
      group by d.key
      having count(a.key) <> d.attempts or coalesce(min(a.number), 1) <> 1
        or coalesce(max(a.number), 0) <> d.attempts or max(d.tries, d.probes) > d.attempts`,
  },
  {
    name: "a delivery has ended exactly when it is not pending",
    violations: `
      select ${delivery} || ' is ' || d.status as example
      from deliveries d join events e on e.key = d.event_key
      where (d.status = 'pending') <> (d.ended_at is null)`,
  },
  {
    name: "a delivery is delivered or failed as its last attempt was",
    violations: `
      select ${delivery} || ' is ' || d.status || ' after ' || coalesce(a.status_code, a.error_code, 'nothing')
        as example
      from deliveries d join events e on e.key = d.event_key
        left join attempts a on a.delivery_key = d.key and a.number = d.attempts
      where d.status not in ('pending', 'delivered', 'failed', 'cancelled')
        or (d.status = 'delivered'
          and (d.status_code is not a.status_code or coalesce(a.status_code, 0) not between 200 and 299))
        or (d.status = 'failed' and d.error_code is not 'expired' and a.status_code between 200 and 299)`,
  },
  {
    name: "only pending deliveries are leased, and leases are whole",
    violations: `
      select ${delivery} || ' is ' || d.status as example
      from deliveries d join events e on e.key = d.event_key
      where (d.leased_by is not null and d.status <> 'pending')
        or (d.leased_by is null) <> (d.leased_at is null)
        or (d.leased_by is null) <> (d.leased_reason is null)`,
  },
  {
    name: "nothing waits for a deleted webhook",
    violations: `
      select ${delivery} as example
      from deliveries d join events e on e.key = d.event_key join webhooks w on w.key = d.webhook_key
      where d.status = 'pending' and w.deleted_at is not null
        and exists (select 1 from workers o where o.beat_at - w.deleted_at > ${sweepMs})`,
  },
  {
    name: "secrets are sealed",
    violations: `
      select ${webhook} as example
      from webhooks w join json_each(json_array(w.secret, w.previous_secret, w.client_key)) s
      where s.value is not null
        and (instr(s.value, ':') = 0 or length(s.value) - instr(s.value, ':') < ${sealedLength}
          or substr(s.value, instr(s.value, ':') + 1) glob '*[^A-Za-z0-9+/=]*')`,
  },
  {
    name: "only a webhook that is inactive has a reason for that",
    violations: `
      select ${webhook} || ' says ' || w.disabled_reason as example
      from webhooks w where w.is_active and w.disabled_reason is not null`,
  },
  {
    name: "every webhook that is not deleted has its place in the queue",
    violations: `
      select ${webhook} as example
      from webhooks w left join webhook_queue q on q.webhook_key = w.key
      where (w.deleted_at is null) <> (q.webhook_key is not null)
        or q.customer_key <> w.customer_key
        or (q.is_paused <> (not w.is_active or w.paused_at is not null)
          and coalesce(w.expires_at > :now, true))`,
  },
  {
    name: "the queue's pending counts equal a recount",
    violations: `
      select ${webhook} || ' says ' || q.pending || ' and has ' || r.pending as example
      from webhook_queue q join webhooks w on w.key = q.webhook_key
        join (${recount}) r on r.webhook_key = w.key
      where q.pending <> r.pending`,
  },
  { name: "what is counted of each webhook equals a recount", violations: differingWebhooks },
  { name: "what is counted of deleted webhooks equals a recount", violations: differingFormer },
  { name: "what matched was delivered, waits, failed, was cancelled, or missed", violations: unbalanced },
  {
    name: "the queue's ready times equal a recount",
    violations: `
      select ${webhook} || ' says ' || coalesce(q.ready_at, 'never') || ' and is ready at '
        || coalesce(r.ready_at, 'no time') as example
      from webhook_queue q join webhooks w on w.key = q.webhook_key
        join (${recount}) r on r.webhook_key = w.key
      where q.ready_at is not r.ready_at`,
  },
  {
    name: "breakers are open or closed in all of their columns",
    violations: `
      select ${webhook} as example
      from webhook_queue q join webhooks w on w.key = q.webhook_key
      where (q.opened_at is null) <> (q.probe_delay_ms is null)
        or (q.opened_at is null) <> (q.probe_at is null)
        or (q.opened_at is not null and q.is_draining)
        or (q.opened_at is null and (q.probes_made <> 0 or q.is_probe_refused))
        or json_array_length(q.failures) > 5
        or (q.opened_at is not null and (select count(distinct value) from json_each(q.failures)) < 3)`,
  },
  {
    name: "recoveries have ended exactly when they are done",
    violations: `
      select 'recovery ' || r.id || ' has done ' || r.done || ' of ' || r.total as example
      from recoveries r where (r.state <> 'running') <> (r.ended_at is not null)`,
  },
  {
    name: "no change is numbered beyond the counter",
    violations: `
      select ${delivery} || ' is change ' || d.change as example
      from deliveries d join events e on e.key = d.event_key
      where d.change > coalesce((select value from counters where name = 'change'), 0)`,
  },
  { name: "hourly rollups equal a recount of the attempts", violations: differingRollups },
];

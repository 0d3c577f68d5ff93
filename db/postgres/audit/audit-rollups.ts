const hourMs = 3_600_000;
/** As long as maintain keeps hours. */
const keptMs = 31 * 24 * hourMs;

/** The hours whose attempts and rollups are all still there. */
const since = `greatest(:keptSince, :now - ${keptMs})`;
const hour = `a.started_at / ${hourMs} * ${hourMs}`;
const isOk = "coalesce(a.status_code between 200 and 299, false)";
/** As domain/rollup: buckets grow by a factor of 2^(1/4). */
const bucket = "greatest(0, ceil(log(2.0, greatest(1, a.duration_ms)::numeric) * 4)::int)";

const recounted = [
  recount(`case when ${isOk} then 'delivered' else 'failed' end`),
  recount("'code ' || coalesce(a.status_code::text, a.error_code)"),
  recount(`'type ' || d.event_type || case when ${isOk} then ' delivered' else ' failed' end`),
  recount(`'latency ' || ${bucket}`, `and ${isOk}`),
].join(" union all ");

const kept = [
  keep("v.key", "json_each(r.counters) v", "json_typeof(v.value) = 'number'"),
  keep("'code ' || v.key", "json_each(r.counters -> 'codes') v"),
  keep(
    "'type ' || t.key || ' ' || v.key",
    "json_each(r.counters -> 'types') t cross join json_each(t.value) v",
  ),
  keep("'latency ' || v.key", "json_each(r.counters -> 'latency') v"),
].join(" union all ");

/** Attempts and hourly rollups, both as rows of (webhook, hour, name, count): what only one side has differs. */
export const differingRollups = `
  with recounted as (${recounted}), kept as (${kept})
  select 'webhook ' || webhook || ': ' || name || ' of ' || to_timestamp(hour / 1000) at time zone 'UTC' || ' is '
      || count || ' in the ' || side as example
    from (
      select *, 'attempts' as side from (select * from recounted except select * from kept) only_recounted
      union all
      select *, 'counters' as side from (select * from kept except select * from recounted) only_kept
    ) differing`;

/** Tests are left out, and so are attempts whose worker was lost: they count for nothing. */
function recount(name: string, more = ""): string {
  return `
    select w.id as webhook, ${hour} as hour, ${name} as name, count(*) as count
    from attempts a
      join deliveries d on d.day = a.day and d.key = a.delivery_key and not d.is_test
      join webhooks w on w.key = d.webhook_key
      join customers c on c.key = w.customer_key and c.deleted_at is null
    where a.error_code is distinct from 'worker_lost' and ${hour} > ${since} ${more}
    group by 1, 2, 3`;
}

/** What is no number is not looked at as one. */
function keep(name: string, values: string, isCount = "true"): string {
  const count = `case when ${isCount} then v.value::text::bigint end`;
  return `
    select w.id as webhook, r.start as hour, ${name} as name, ${count} as count
    from rollups r
      join webhooks w on w.key = r.webhook_key
      join customers c on c.key = w.customer_key and c.deleted_at is null
      cross join ${values}
    where r.step = 'hour' and r.start > ${since} and ${count} > 0`;
}

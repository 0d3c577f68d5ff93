const hourMs = 3_600_000;
/** As long as maintain keeps hours. */
const keptMs = 31 * 24 * hourMs;

/** The hours whose attempts and rollups are all still there. */
const since = `max(:keptSince, :now - ${keptMs})`;
const hour = `a.started_at / ${hourMs} * ${hourMs}`;
const isOk = "coalesce(a.status_code between 200 and 299, 0)";
/** As domain/rollup: buckets grow by a factor of 2^(1/4). */
const bucket = "max(0, cast(ceil(log2(max(1, a.duration_ms)) * 4) as integer))";

const recounted = [
  recount(`iif(${isOk}, 'delivered', 'failed')`),
  recount("'code ' || coalesce(a.status_code, a.error_code)"),
  recount(`'type ' || d.event_type || iif(${isOk}, ' delivered', ' failed')`),
  recount(`'latency ' || ${bucket}`, `and ${isOk}`),
].join(" union all ");

const kept = [
  keep("v.key", "json_each(r.counters) v", "and v.type = 'integer'"),
  keep("'code ' || v.key", "json_each(r.counters, '$.codes') v"),
  keep("'type ' || t.key || ' ' || v.key", "json_each(r.counters, '$.types') t join json_each(t.value) v"),
  keep("'latency ' || v.key", "json_each(r.counters, '$.latency') v"),
].join(" union all ");

/** Attempts and hourly rollups, both as rows of (webhook, hour, name, count): what only one side has differs. */
export const differingRollups = `
  with recounted as (${recounted}), kept as (${kept})
  select 'webhook ' || webhook || ': ' || name || ' of ' || datetime(hour / 1000, 'unixepoch') || ' is '
      || count || ' in the ' || side as example
    from (
      select *, 'attempts' as side from (select * from recounted except select * from kept)
      union all
      select *, 'counters' as side from (select * from kept except select * from recounted))`;

/** Tests are left out, and so are attempts whose worker was lost: they count for nothing. */
function recount(name: string, more = ""): string {
  return `
    select w.id as webhook, ${hour} as hour, ${name} as name, count(*) as count
    from attempts a
      join deliveries d on d.key = a.delivery_key and d.is_test = 0
      join webhooks w on w.key = d.webhook_key
      join customers c on c.key = w.customer_key and c.deleted_at is null
    where a.error_code is not 'worker_lost' and ${hour} > ${since} ${more}
    group by 1, 2, 3`;
}

function keep(name: string, values: string, more = ""): string {
  return `
    select w.id as webhook, r.start as hour, ${name} as name, v.value as count
    from rollups r
      join webhooks w on w.key = r.webhook_key
      join customers c on c.key = w.customer_key and c.deleted_at is null
      join ${values}
    where r.step = 'hour' and r.start > ${since} and v.value > 0 ${more}`;
}

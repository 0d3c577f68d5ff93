/** What is kept of webhooks, by how it ended. */
const kept = `
  select webhook_key, customer_key, count(*) filter (where status = 'pending') as pending,
    count(*) filter (where status = 'delivered') as delivered, count(*) filter (where status = 'failed') as failed,
    count(*) filter (where status = 'cancelled') as cancelled, 0 as missed
  from deliveries where is_test = 0 group by webhook_key, customer_key
  union all
  select s.value ->> 0, e.customer_key, 0, 0, 0, 0, count(*)
  from events e join json_each(e.skipped) s where s.value ->> 1 = 'inactive' group by 1, 2`;

const ends = ["delivered", "failed", "cancelled", "missed"];
const names = ["pending", ...ends];
const sums = names.map((name) => `coalesce(sum(k.${name}), 0) as ${name}`).join(", ");
const recounted = names.map((name) => `r.${name}`).join(", ");
/** But for what was removed since. */
const counted = (row: string) =>
  [`${row}.pending`, ...ends.map((name) => `${row}.${name} - ${row}.pruned_${name}`)].join(", ");

const told = (columns: string) =>
  columns
    .split(", ")
    .map((column) => `(${column})`)
    .join(" || ' ' || ");
const difference = (row: string) =>
  `' counts ${names.join(", ")} as ' || ${told(counted(row))} || ' and has ' || ${told(recounted)}`;

export const differingWebhooks = `
  select 'webhook ' || w.id || ${difference("q")} as example
  from webhook_queue q join webhooks w on w.key = q.webhook_key
    join (
      select q.webhook_key, ${sums}
      from webhook_queue q left join (${kept}) k on k.webhook_key = q.webhook_key group by q.webhook_key
    ) r on r.webhook_key = q.webhook_key
  where (${counted("q")}) is not (${recounted})`;

const formerNames = [...names, ...ends.map((name) => `pruned_${name}`)];
const former = `
  select c.id, c.key as customer_key, ${formerNames.map((name) => `coalesce(f.${name}, 0) as ${name}`).join(", ")}
  from customers c left join former_webhooks f on f.customer_key = c.key where c.deleted_at is null`;

export const differingFormer = `
  select 'customer ' || f.id || ${difference("f")} as example
  from (${former}) f
    join (
      select c.key as customer_key, ${sums}
      from customers c left join (${kept}) k on k.customer_key = c.key
        and k.webhook_key not in (select webhook_key from webhook_queue)
      group by c.key
    ) r on r.customer_key = f.customer_key
  where (${counted("f")}) is not (${recounted})`;

const balance =
  "matched || ' matched, and ' || (delivered + pending + failed + cancelled + missed) || ' became something'";

export const unbalanced = `
  select 'webhook ' || w.id || ': ' || ${balance} as example
  from webhook_queue q join webhooks w on w.key = q.webhook_key
  where matched <> delivered + pending + failed + cancelled + missed
  union all
  select 'deleted webhooks of customer ' || c.id || ': ' || ${balance}
  from former_webhooks f join customers c on c.key = f.customer_key
  where matched <> delivered + pending + failed + cancelled + missed`;

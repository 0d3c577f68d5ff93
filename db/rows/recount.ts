const ends = ["delivered", "failed", "cancelled", "missed"] as const;
const names = ["pending", ...ends] as const;
const added = ["matched", ...names] as const;

/** What a webhook's numbers lack; below zero is what they have too much of. */
export type Lack = Record<(typeof added)[number], number> & {
  /** Of what, in words for people. */
  name: string;
  /** Null when it is of a customer's deleted webhooks. */
  webhookKey: number | null;
  customerKey: number;
};

/**
 * Statements that compare what is counted of webhooks with what is kept of them. `kept` is a table of that store:
 * webhook_key, customer_key, and how many are kept under each name.
 */
export function recountsOf(kept: string) {
  const webhooks = `
    select 'webhook ' || w.id as name, q.webhook_key, q.customer_key, q.matched, ${columns("q")}
    from webhook_queue q join webhooks w on w.key = q.webhook_key
      left join (${kept}) k on k.webhook_key = q.webhook_key
    group by q.webhook_key, w.key`;
  const former = `
    select 'deleted webhooks of customer ' || c.id as name, cast(null as bigint) as webhook_key,
      c.key as customer_key, coalesce(f.matched, 0) as matched, ${columns("f")}
    from customers c left join former_webhooks f on f.customer_key = c.key
      left join (${kept}) k on k.customer_key = c.key and k.webhook_key not in (select webhook_key from webhook_queue)
    where c.deleted_at is null group by c.key, f.customer_key`;
  const all = `${webhooks} union all ${former}`;
  return {
    differingWebhooks: differing(webhooks),
    differingFormer: differing(former),
    unbalanced: `
      select name || ': ' || matched || ' matched, and ' || became || ' became something' as example
      from (${all}) n where matched <> became`,
    lacks: `
      select name, webhook_key as "webhookKey", customer_key as "customerKey", became - matched + (${lacking.join(" + ")}) as matched,
        ${names.map((name, place) => `${lacking[place]} as ${name}`).join(", ")}
      from (${all}) n where matched <> became or ${isDiffering}`,
  };
}

/** What is counted under each name, but for what was removed since; what is kept; and what all the counts come to. */
function columns(row: string): string {
  const count = (name: string) => `coalesce(${row}.${name}, 0)`;
  const left = (name: string) => (name === "pending" ? "" : ` - ${count(`pruned_${name}`)}`);
  return [
    `${names.map(count).join(" + ")} as became`,
    ...names.map((name) => `${count(name)}${left(name)} as counted_${name}`),
    ...names.map((name) => `coalesce(sum(k.${name}), 0) as kept_${name}`),
  ].join(", ");
}

const lacking = names.map((name) => `(kept_${name} - counted_${name})`);
const isDiffering = names.map((name) => `counted_${name} <> kept_${name}`).join(" or ");
const told = (kind: "counted" | "kept") => names.map((name) => `${kind}_${name}`).join(" || ' ' || ");
const differing = (numbers: string) => `
  select name || ' counts ${names.join(", ")} as ' || ${told("counted")} || ' and has ' || ${told("kept")} as example
  from (${numbers}) n where ${isDiffering}`;

/** A row of `lacks`: Postgres writes large numbers as texts. */
export const toLack = (row: Record<string, unknown>): Lack =>
  Object.fromEntries(
    Object.entries(row).map(([field, value]) => [
      field,
      field === "name" || value === null ? value : Number(value),
    ]),
  ) as Lack;

/** The statement that adds what a webhook's numbers lack. */
export const addLack = (lack: Lack) =>
  `update webhook_queue set ${sums("webhook_queue", lack)} where webhook_key = ${lack.webhookKey}`;

/** The same for those of its customer's deleted ones. */
export const addFormerLack = (lack: Lack) => `
  insert into former_webhooks (customer_key, ${added.join(", ")})
  select key, ${added.map((name) => lack[name]).join(", ")} from customers where key = ${lack.customerKey}
  on conflict (customer_key) do update set ${sums("former_webhooks", lack)}`;

const sums = (table: string, lack: Lack) =>
  added.map((name) => `${name} = ${table}.${name} + ${lack[name]}`).join(", ");

/** What was mended, in words for people: `webhook 42: matched +3, delivered +3`. */
export function lackInWords(lack: Lack): string {
  const parts = added.filter((name) => lack[name] !== 0);
  return `${lack.name}: ${parts.map((name) => `${name} ${lack[name] > 0 ? "+" : ""}${lack[name]}`).join(", ")}`;
}

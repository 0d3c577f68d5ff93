import { sql } from "drizzle-orm";
import type { HeldKinds } from "@/domain/queue/pick";
import type { Database } from "../connection/connection";
import { groupBy } from "../connection/rows";

/**
 * How many of a kind the next probe is chosen from, those that wait or are due longest: a failed probe is due last of
 * all, so that all of a larger backlog have their turn.
 */
const candidates = 256;

/** `second` are those that were refused with the other secret just now. */
type Held = HeldKinds & { second: HeldKinds["asked"] };

const kinds: { name: keyof Held; which: string; limit: number }[] = [
  { name: "second", which: "d.signs_with is not null", limit: 1 },
  { name: "asked", which: "d.is_asked_again", limit: 1 },
  { name: "untried", which: "d.leased_by is null and not (d.attempts > 0)", limit: candidates },
  { name: "untried", which: "d.leased_by is not null and d.attempts = 0", limit: candidates },
  { name: "tried", which: "d.attempts > 0 and d.refusal is null", limit: candidates },
  { name: "refused", which: "d.refusal is not null", limit: candidates },
];

/** Finds what open breakers hold, by kind: each in an index of its own, however many the others are. */
export async function findHeldKinds(
  db: Database,
  webhookKeys: number[],
  now: number,
): Promise<(webhookKey: number) => Held> {
  const all = kinds.map(
    ({ name, which, limit }) => sql`(select ${sql.raw(`'${name}'`)} as kind, d.key, d.probes, d.due_at
      from deliveries d where d.webhook_key = q.webhook_key and d.status = 'pending' and d.is_test = false
        and ${sql.raw(which)} and d.due_at <= ${now} order by d.due_at, d.key limit ${sql.raw(String(limit))})`,
  );
  const { rows } = await db.execute<{
    webhook_key: string;
    kind: keyof Held;
    key: string;
    probes: number;
  }>(sql`
    select q.webhook_key, held.kind, held.key, held.probes
    from unnest(${sql.param(webhookKeys)}::bigint[]) as q(webhook_key)
    cross join lateral (${sql.join(all, sql` union all `)}) held
    order by held.due_at, held.key`);
  const found = groupBy(rows, ({ webhook_key, kind }) => `${kind} ${webhook_key}`);
  return (webhookKey) => {
    const of = (kind: keyof Held) =>
      (found.get(`${kind} ${webhookKey}`) ?? []).map(({ key, probes }) => ({ key: Number(key), probes }));
    return {
      second: of("second"),
      asked: of("asked"),
      untried: of("untried"),
      tried: of("tried"),
      refused: of("refused"),
    };
  };
}

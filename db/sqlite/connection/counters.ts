import { eq, sql } from "drizzle-orm";
import { counters } from "../schema/tables";
import type { Connection } from "./connection";

/**
 * Numbers that grow inside write transactions, which SQLite runs one after the other: so their order is the
 * order of commits. `change` numbers what people can see of deliveries, `turn` the servings of webhooks.
 */
export function countersOf({ db }: Connection) {
  const read = db
    .select({ value: counters.value })
    .from(counters)
    .where(eq(counters.name, sql.placeholder("name")))
    .prepare();
  const add = db
    .insert(counters)
    .values({ name: sql.placeholder("name"), value: sql.placeholder("by") })
    .onConflictDoUpdate({
      target: counters.name,
      set: { value: sql`${counters.value} + excluded.value` },
    })
    .returning({ value: counters.value })
    .prepare();

  return {
    /** Takes `count` numbers and answers the first. Only inside `write`. */
    take(name: "change" | "turn", count: number): number {
      return (add.get({ name, by: count })?.value ?? 0) - count + 1;
    },
    /** The latest number taken. */
    latest(name: "change" | "turn"): number {
      return read.get({ name })?.value ?? 0;
    },
  };
}

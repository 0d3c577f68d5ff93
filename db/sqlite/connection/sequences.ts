import { eq, sql } from "drizzle-orm";
import { sequences } from "../schema/tables";
import type { Connection } from "./connection";

/**
 * Numbers that grow inside write transactions, which SQLite runs one after the other: so their order is the
 * order of commits. `change` numbers what people can see of deliveries, `turn` the servings of webhooks.
 */
export function sequencesOf({ db }: Connection) {
  const read = db
    .select({ value: sequences.value })
    .from(sequences)
    .where(eq(sequences.name, sql.placeholder("name")))
    .prepare();
  const add = db
    .insert(sequences)
    .values({ name: sql.placeholder("name"), value: sql.placeholder("by") })
    .onConflictDoUpdate({
      target: sequences.name,
      set: { value: sql`${sequences.value} + excluded.value` },
    })
    .returning({ value: sequences.value })
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

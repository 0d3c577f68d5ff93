import { eq, sql } from "drizzle-orm";
import { sequences } from "../schema/tables";
import { hotSelect, hotStatement } from "./hot-statement";
import { shared } from "./shared";

/**
 * Numbers that grow inside write transactions, which SQLite runs one after the other: so their order is the
 * order of commits. `change` numbers what people can see of deliveries, `turn` the servings of webhooks.
 */
export const sequencesOf = shared((connection) => {
  const { db } = connection;
  const read = hotSelect(
    connection,
    db
      .select({ value: sequences.value })
      .from(sequences)
      .where(eq(sequences.name, sql.placeholder("name"))),
  );
  const add = hotStatement(
    connection,
    db
      .insert(sequences)
      .values({ name: sql.placeholder("name"), value: sql.placeholder("by") })
      .onConflictDoUpdate({
        target: sequences.name,
        set: { value: sql`${sequences.value} + excluded.value` },
      }),
  );
  const latest = (name: "change" | "turn") => read.get({ name })?.value ?? 0;

  return {
    /** Takes `count` numbers and answers the first. Only inside `write`. */
    take(name: "change" | "turn", count: number): number {
      add.run({ name, by: count });
      return latest(name) - count + 1;
    },
    /** The latest number taken. */
    latest,
  };
});

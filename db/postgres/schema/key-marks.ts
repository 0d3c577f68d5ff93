import { sql } from "drizzle-orm";
import { boolean, check, pgTable, text } from "drizzle-orm/pg-core";

/**
 * One row, by which processes tell whether they have the keys of this database. SQLite has no such table: its keys are
 * in the folder of the file.
 */
export const keyMarks = pgTable(
  "key_marks",
  {
    only: boolean("only").primaryKey().default(true),
    /** Sealed, so that only who has the key ring can read what it says of the other keys. */
    mark: text("mark").notNull(),
  },
  (t) => [check("key_marks_only", sql`${t.only}`)],
);

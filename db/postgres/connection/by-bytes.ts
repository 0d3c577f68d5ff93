import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** To sort texts the same way everywhere, whatever language a database sorts by. */
export const byBytes = (text: SQLWrapper): SQL => sql`${text} collate "C"`;

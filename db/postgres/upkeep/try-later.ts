import type { Database } from "../connection/connection";
import { codeOf } from "../connection/sqlstate";
import { isOurTurn } from "./turn";

/** Runs something in a transaction of its own. */
export type Write = <T>(body: (db: Pick<Database, "execute">) => Promise<T>) => Promise<T>;

/** Done, not our turn, or why it could not be done, for an operator. */
export type Tried = "done" | "not our turn" | { why: string };

/**
 * Does what can be done later, too, in a transaction of its own and while no other worker does slow work. Throws what is
 * no reason to try it again (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
export async function tryTo(
  write: Write,
  body: (db: Pick<Database, "execute">) => Promise<void>,
): Promise<Tried> {
  try {
    return await write(async (tx) => {
      if (!(await isOurTurn(tx))) return "not our turn";
      await body(tx);
      return "done";
    });
  } catch (error) {
    const why = reasons[codeOf(error) ?? ""];
    if (why === undefined) throw error;
    return { why: `${why} (${messageOf(error)})` };
  }
}

/** What there is to say of several things that were tried. */
export function worstOf(tried: Tried[]): Tried {
  return (
    tried.find((each) => typeof each === "object") ?? tried.find((each) => each === "not our turn") ?? "done"
  );
}

const others =
  "Somebody uses the tables for long: look for transactions that stay open in pg_stat_activity, and end them";
const taken = "Something of another program is in the way: rename it or remove it";

const reasons: Record<string, string | undefined> = {
  "55P03": others,
  "40P01": others,
  "57014":
    "It takes longer than everybody may wait for it: if this lasts for days, the server is too slow for what is in " +
    "payloads_default and attempts_default, which RETENTION empties",
  "42501":
    "The user of the database may not: make it the owner of Fanfare's tables, and let it create tables in their schema",
  "42P07": taken,
  "42P17": taken,
  "23514":
    "Something of that day came before its partition and stays where it is: there is nothing to do, it ends with the day",
};

/** Drizzle wraps what Postgres said. */
const messageOf = (error: unknown): string => {
  const { cause, message } = error as Error;
  return cause instanceof Error ? messageOf(cause) : message;
};

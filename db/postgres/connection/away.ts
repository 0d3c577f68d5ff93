import { StoreAway } from "@/domain/store-away";
import { codeOf } from "./sqlstate";

/**
 * What a server answers that goes down, comes up, has too many clients or was made a standby, or that ends a session;
 * and to who is not let in any more (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const states = /^(08...|57P0[1-5]|53300|25006|25P03|28...|3D000)$/;
/** What a network answers. */
const codes =
  /^E(CONNREFUSED|CONNRESET|CONNABORTED|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN|NOENT)$/;
/** What the driver says by itself. */
const sentences =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client (has encountered a connection error|was closed))/;

/** Whether something failed for want of a server that takes writes, and not for what was asked of it. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error) ?? "";
  return states.test(code) || codes.test(code) || sentences.test(error.message) || isAway(error.cause);
}

/** While some arrive and others do not, the way is lost: nobody wants to hear of each. */
const calmMs = 1_000;

/**
 * Makes verbs throw a StoreAway when that is why they failed. `onAway` hears the first of them, and null at the first
 * success after a while without.
 */
export function watchWay(onAway: (cause: unknown) => void) {
  let isLost = false;
  let failedAt = 0;

  const arrived = <T>(result: T): T => {
    if (isLost && performance.now() - failedAt > calmMs) {
      isLost = false;
      onAway(null);
    }
    return result;
  };

  const failed = (error: unknown): never => {
    if (!isAway(error)) throw error;
    failedAt = performance.now();
    if (!isLost) {
      isLost = true;
      onAway(error);
    }
    throw new StoreAway("The database cannot be reached.", { cause: error });
  };

  return function watched<Verbs extends object>(verbs: Verbs): Verbs {
    const entries = Object.entries(verbs).map(([name, verb]) => {
      if (typeof verb !== "function") return [name, verb];
      const call = (...given: unknown[]) => {
        const result: unknown = verb(...given);
        return result instanceof Promise ? result.then(arrived, failed) : result;
      };
      return [name, call];
    });
    return Object.fromEntries(entries) as Verbs;
  };
}

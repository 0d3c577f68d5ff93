import { setImmediate as turn } from "node:timers/promises";
import type { Cursor, LedgerLine, LedgerRange, Store } from "@/db/store";
import { notFound } from "@/domain/errors";

type Reading = {
  customerId: string;
  range: LedgerRange;
  /** Has each look wait for its turn, and ends it. */
  inTurn?: <T>(look: () => Promise<T>) => Promise<T>;
  signal?: AbortSignal | undefined;
};

/** A part of a ledger, and how many events were looked at for it. */
export type LedgerPart = { lines: LedgerLine[]; events: number };

/**
 * Reads a ledger from its beginning to its end, part by part, so that others get their turn in between. Throws ApiError
 * 404 when there is no such webhook, and the signal's reason once it is aborted.
 */
export async function* readLedger(
  store: Store,
  { customerId, range, inTurn = (look) => look(), signal }: Reading,
): AsyncGenerator<LedgerPart> {
  const look = (after: Cursor | null) => inTurn(() => store.listLedger(customerId, range, after));
  let found = await look(null);
  for (;;) {
    if (!found) throw notFound(range.webhookId === undefined ? "customer" : "webhook");
    yield found;
    if (found.next === null) return;
    await turn();
    signal?.throwIfAborted();
    found = await look(found.next);
  }
}

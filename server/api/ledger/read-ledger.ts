import { setImmediate as turn } from "node:timers/promises";
import type { Cursor } from "@/db/store";
import { notFound } from "@/domain/errors";

type Reading = {
  /** What is not there when a look finds nothing. */
  noun: "customer" | "webhook";
  /** Has each look wait for its turn, and ends it. */
  inTurn?: <T>(look: () => Promise<T>) => Promise<T>;
  signal?: AbortSignal | undefined;
};

/**
 * Reads a ledger from its beginning to its end, part by part, so that others get their turn in between. Throws ApiError
 * 404 when there is no such ledger, and the signal's reason once it is aborted.
 */
export async function* readLedger<Part extends { next: Cursor | null }>(
  look: (after: Cursor | null) => Promise<Part | null>,
  { noun, inTurn = (ask) => ask(), signal }: Reading,
): AsyncGenerator<Part> {
  let found = await inTurn(() => look(null));
  for (;;) {
    if (!found) throw notFound(noun);
    yield found;
    const { next } = found;
    if (next === null) return;
    await turn();
    signal?.throwIfAborted();
    found = await inTurn(() => look(next));
  }
}

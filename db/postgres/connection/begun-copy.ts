import type pg from "pg";
import { StoreError } from "../../store-error";

/*
 * A database that an installation is being copied into says so where processes leave the mark of their keys, of which
 * there is one: so no process can begin to use it meanwhile, and no copy can begin where one does.
 */

/** The mark of a copy. One of keys has a colon. */
export const begunCopy = (copyId: string) => `copy ${copyId}`;

export const isBegunCopy = (mark: string) => /^copy [^:]*$/.test(mark);

/** Throws a StoreError when not all of an installation has been copied yet. */
export async function assertNoBegunCopy(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ mark: string }>("select mark from key_marks");
  if (rows.some(({ mark }) => isBegunCopy(mark))) throw copyNotEnded();
}

export const copyNotEnded = () =>
  new StoreError(
    "A copy into this database was begun and not ended: run npm run copy-to-postgres again, where it was begun. Nothing was changed.",
  );

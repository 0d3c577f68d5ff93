import { eq } from "drizzle-orm";
import type { KeyMark } from "../../opened";
import { copyNotEnded, isBegunCopy } from "../connection/begun-copy";
import type { Connection } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { keyMarks } from "../schema/key-marks";

/** The text by which processes on all machines tell whether they have the same keys. */
export function keyMarkOf({ write }: Connection): KeyMark {
  return {
    keep: (mark) =>
      write(async ({ db }) => {
        await db.insert(keyMarks).values({ mark }).onConflictDoNothing();
        const { mark: kept } = onlyOne(await db.select().from(keyMarks));
        if (isBegunCopy(kept)) throw copyNotEnded();
        return kept;
      }),
    replace: (from, to) =>
      write(async ({ db }) => {
        const { rowCount } = await db.update(keyMarks).set({ mark: to }).where(eq(keyMarks.mark, from));
        return rowCount === 1;
      }),
  };
}

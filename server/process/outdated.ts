import type { Store } from "@/db/store";
import { StoreError } from "@/db/store-error";
import { isStoreAway } from "@/domain/store-away";
import type { Logger } from "./log";
import { outdatedStatus } from "./outdated-status";

const lookEveryMs = 1_000;

type Watched = { store: Pick<Store, "ping">; log: Pick<Logger, "fatal" | "error"> };

/**
 * Ends this process at once, with a sentence, when the schema of the database has become another version's: what it
 * wrote there would lack what that version writes beside it. It records nothing more and gives nothing back, which are
 * writes too: whoever takes over finds a worker that is gone, and sends again what it had in flight. Answers how to
 * stop looking.
 */
export function endWhenOutdated({ store, log }: Watched): () => void {
  const looking = setInterval(() => {
    store.ping().catch((err) => {
      if (isStoreAway(err)) return;
      if (!(err instanceof StoreError)) return log.error({ err }, "The schema could not be looked at");
      log.fatal(`${err.message} This process ends, so that nothing is counted wrongly.`);
      process.exit(outdatedStatus);
    });
  }, lookEveryMs);
  return () => clearInterval(looking);
}

import { setTimeout as pause } from "node:timers/promises";
import { openStore as openReal } from "@/db/open";
import type { PublishResult, Store } from "@/db/store";
import { wrapDatabase } from "./database";
import { pass } from "./orders";

export { migrateStore, StoreError } from "@/db/open";

wrapDatabase();

/** How long the negative control sits on what it has acknowledged. */
const lateMs = 100;

/** The product's store, which passes the points at which a worker may die between its verbs. */
export async function openStore(options: Parameters<typeof openReal>[0]): ReturnType<typeof openReal> {
  const { store, ...rest } = await openReal(options);
  const wrapped: Store = {
    ...store,
    async claimDeliveries(request) {
      const claims = await store.claimDeliveries(request);
      if (claims.length > 0) pass("after claim");
      return claims;
    },
    async recordAttempts(records) {
      pass("before record");
      const results = await store.recordAttempts(records);
      pass("after record");
      return results;
    },
    ...(process.env.CHAOS_ACKNOWLEDGE_EARLY === "yes" && { publishEvents: acknowledgeEarly(store) }),
  };
  return { store: wrapped, ...rest };
}

/** The negative control: says that events are kept before they are. A run that calls this sound is worth nothing. */
function acknowledgeEarly(store: Store): Store["publishEvents"] {
  return async (events) => {
    pause(lateMs).then(() => store.publishEvents(events));
    const accepted = events.map(({ id }) => ({ id, deliveries: 0, duplicate: false }));
    return { kind: "accepted", events: accepted } satisfies PublishResult;
  };
}

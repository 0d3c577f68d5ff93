import { isStoreAway } from "@/domain/store-away";
import { runtime } from "@/server/process/runtime";

/** The process is alive. */
export const answerHealth = (): Response => Response.json({ status: "ok" });

/** The store can be reached and is migrated. Tells the version, and how long ago a worker was last heard of; null when none is. */
export async function answerReadiness(): Promise<Response> {
  const { store, log, version } = runtime();
  try {
    await store.ping();
    const ages = (await store.listWorkers()).map(({ heartbeatAgeMs }) => heartbeatAgeMs);
    return Response.json({
      status: "ok",
      version,
      workers: ages.length,
      last_worker_beat_age_ms: ages.length > 0 ? Math.min(...ages) : null,
    });
  } catch (error) {
    if (isStoreAway(error)) return notReady("The database cannot be reached.");
    log.error({ err: error }, "the store cannot be used");
    return notReady("The store cannot be used.");
  }
}

const notReady = (error: string) => Response.json({ status: "unavailable", error }, { status: 503 });

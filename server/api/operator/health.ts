import type { ReplicaState } from "@/db/store";
import { isStoreAway } from "@/domain/store-away";
import { runtime } from "@/server/process/runtime";

/** The process is alive. */
export const answerHealth = (): Response => Response.json({ status: "ok" });

/**
 * The store can be reached and is migrated. Tells the version, how long ago a worker was last heard of (null when none
 * is), since when an operator holds all delivery (null while nobody does), how many mails wait where any are sent and, where there is to be a replica, whether it is used and how far behind it is at most.
 */
export async function answerReadiness(): Promise<Response> {
  const { store, log, version, replica, mailer } = runtime();
  try {
    await store.ping();
    const allPause = await store.findDeliveryPause();
    const ages = (await store.listWorkers()).map(({ heartbeatAgeMs }) => heartbeatAgeMs);
    return Response.json({
      status: "ok",
      version,
      workers: ages.length,
      last_worker_beat_age_ms: ages.length > 0 ? Math.min(...ages) : null,
      delivery_paused_since: allPause && new Date(allPause.pausedAt).toISOString(),
      ...(mailer && { mails: await store.countDigests() }),
      ...(replica && { read_replica: toReplicaView(replica()) }),
    });
  } catch (error) {
    if (isStoreAway(error)) return notReady("The database cannot be reached.");
    log.error({ err: error }, "the store cannot be used");
    return notReady("The store cannot be used.");
  }
}

const toReplicaView = ({ isUsed, behindMs }: ReplicaState) => ({
  in_use: isUsed,
  lag_ms: behindMs && Math.round(behindMs),
});

const notReady = (error: string) => Response.json({ status: "unavailable", error }, { status: 503 });

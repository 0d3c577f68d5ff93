import type { ServerFacts } from "@/app/_components/facts/server-facts";
import { runtime } from "@/server/runtime";

/** What people may know of this installation. */
export function serverFacts(): ServerFacts {
  const { env, version } = runtime();
  return {
    version,
    publicUrl: env.publicUrl,
    retentionMs: env.retentionMs,
    retryScheduleMs: env.retryScheduleMs,
    deliveryTimeoutMs: env.deliveryTimeoutMs,
    allowsPrivateTargets: env.deliveryAllowCidrs.length > 0,
  };
}

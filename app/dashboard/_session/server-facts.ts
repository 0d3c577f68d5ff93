import { headers } from "next/headers";
import type { ServerFacts } from "@/app/_components/facts/server-facts";
import { siteOf } from "@/domain/network/site";
import { runtime } from "@/server/process/runtime";

/** What people may know of this installation. */
export async function serverFacts(): Promise<ServerFacts> {
  const { env, version } = runtime();
  return {
    version,
    publicUrl: siteOf(env, await headers()),
    retentionMs: env.retentionMs,
    retryScheduleMs: env.retryScheduleMs,
    deliveryTimeoutMs: env.deliveryTimeoutMs,
    portalLogo: env.portalLogo,
    allowsPrivateTargets: env.deliveryAllowCidrs.length > 0,
    exampleReceivers: env.exampleReceivers,
  };
}

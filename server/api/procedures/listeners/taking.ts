import type { Taken } from "@/db/store";
import { buildRequest } from "@/domain/delivery/outgoing-request";
import { open } from "@/domain/webhook/seal";
import type { Runtime } from "@/server/process/runtime";

/**
 * The request that was taken, signed as of then, and what of it is remembered. It goes to the path of the listener's own
 * choice, which is not among what is signed.
 */
export function requestOf({ ring, version }: Runtime, { claim, takenAt }: Taken) {
  return buildRequest(claim, (sealed, owner) => open(ring, sealed, owner), version, takenAt);
}

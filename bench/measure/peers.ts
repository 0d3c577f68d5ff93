import { drainInRounds } from "../backlog";
import type { Begin, Context } from "../measurement";
import { peers as all, beginPeer, loop, missingFor } from "../peer";

export const besideQueues = "beside other queues";

/**
 * The same work by other queues for Node, which record less (each says what in bench/peers/): events taken in as
 * arrays, then each posted with both signatures to the same receiver.
 */
export function peers({ builds, scale, skip }: Context): Begin[] {
  const works = [{ events: scale.events, fanOut: 1, what: besideQueues }];
  const present = all.filter((peer) => {
    const missing = missingFor(peer);
    if (missing) skip(missing);
    return !missing;
  });
  return [
    ...builds.map((build) => drainInRounds(build, works)),
    ...[...present, loop].map((peer) => () => beginPeer(peer, works)),
  ];
}

import { drainInRounds } from "../backlog";
import type { Begin, Context } from "../measurement";
import { beginPeer, loop } from "../peer";

/** A backlog that the worker delivers, beside a loop that only posts the same, and signs it as often. */
export function delivering({ builds, scale }: Context): Begin[] {
  const works = [1, 4].map((fanOut) => ({ events: scale.events, fanOut, what: `fan-out ${fanOut}` }));
  return [...builds.map((build) => drainInRounds(build, works)), () => beginPeer(loop, works)];
}

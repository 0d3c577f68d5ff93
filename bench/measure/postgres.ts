import { drainInRounds, type Work } from "../backlog";
import type { Begin, Context } from "../measurement";
import { peers as all, beginPeer, loop, missingFor } from "../peer";
import { postgres as server } from "../peers/servers";

/** The same work on a Postgres with its own settings, by one worker and more, beside SQLite and beside other queues. */
export function postgres({ builds: [build], scale, skip }: Context): Begin[] {
  const missing = server.missing();
  if (missing) {
    skip(`Nothing is measured on Postgres: ${missing}.`);
    return [];
  }
  const works: Work[] = [{ events: scale.events, fanOut: 1, what: "on Postgres" }];
  const counts = [1, 2, 4].filter((count) => count <= scale.postgresWorkers);
  const present = all.filter((peer) => {
    const missing = missingFor(peer);
    if (missing) skip(missing);
    return !missing;
  });
  const workersOf = (workers: number) => {
    const name = `${workers} worker${workers === 1 ? "" : "s"}`;
    return drainInRounds({ ...build, name }, works, { workers, isOnPostgres: true });
  };
  return [
    ...counts.map(workersOf),
    drainInRounds({ ...build, name: "SQLite" }, works),
    ...[...present, loop].map((peer) => () => beginPeer(peer, works)),
  ];
}

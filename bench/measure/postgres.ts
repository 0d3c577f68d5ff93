import pg from "pg";
import { type Beside, drainInRounds, type Work } from "../backlog";
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
  const workersOf = (workers: number, reader?: Beside) => {
    const name = `${workers} worker${workers === 1 ? "" : "s"}${reader ? " beside a long reader" : ""}`;
    return drainInRounds({ ...build, name }, works, { workers, isOnPostgres: true, beside: reader });
  };
  return [
    ...counts.map((workers) => workersOf(workers)),
    workersOf(1, longReader),
    drainInRounds({ ...build, name: "SQLite" }, works),
    ...[...present, loop].map((peer) => () => beginPeer(peer, works)),
  ];
}

/** A transaction that looked once and stays open, as a report does: what others change meanwhile has to be kept for it. */
const longReader: Beside = async ({ server }) => {
  const client = new pg.Client({ connectionString: server?.address });
  await client.connect();
  await client.query("begin isolation level repeatable read");
  await client.query("select count(*) from deliveries");
  return () => client.end();
};

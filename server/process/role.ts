import { once } from "node:events";
import { atPort, type Env, readEnv } from "./env";
import { refuseToStart } from "./start-error";
import type { Told } from "./told";

/** What a started role is: how to end it. */
export type Started = { stop: () => Promise<void> };

/** Whether a supervisor made this process: then it has prepared the store, too. */
export const isSupervised = process.channel !== undefined;

/**
 * Runs one role of Fanfare as this process: until a signal comes, or until the supervisor that made it is gone,
 * however that went. Then it stops cleanly, with exit status 0. Further signals change nothing: npm forwards
 * those that a terminal sends to the whole group. With `endsWithParent` signals change nothing at all. With `isTold` it
 * begins when the supervisor tells it the port, which is when everything is prepared.
 */
export async function runRole(
  start: (env: Env) => Promise<Started>,
  { endsWithParent = false, isTold = false } = {},
): Promise<void> {
  process.umask(0o077); // what this process makes, it makes for its own user
  let started: Promise<Started> | undefined;
  let isEnding = false;
  const end = () => {
    if (!isEnding) stopThenExit(started);
    isEnding = true;
  };
  // Nobody reads what is printed any more: no reason to stop delivering.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, endsWithParent ? () => {} : end);
  process.on("disconnect", end);
  try {
    const port = isTold ? await portOfSupervisor() : null;
    const env = readEnv();
    started = start(port === null ? env : atPort(env, port));
    await started;
    if (isSupervised && process.connected) process.send?.({ ready: true } satisfies Told);
    // The parent may have gone before anybody listened for it.
    if ((isSupervised || endsWithParent) && !process.connected) end();
  } catch (error) {
    refuseToStart(error);
  }
}

async function portOfSupervisor(): Promise<number> {
  const [{ port }] = (await once(process, "message")) as [{ port: number }];
  return port;
}

async function stopThenExit(started: Promise<Started> | undefined): Promise<void> {
  await (await started)?.stop();
  process.exit(0);
}

import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { StartError } from "./start-error";

/** A process that was killed a moment ago may still hold the port. */
const patienceMs = 2_000;
const retryMs = 100;

/** The port when it is free, or any free one for 0. Throws a StartError when it cannot be listened on. */
export async function freePort({ host, port }: { host: string; port: number }): Promise<number> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    try {
      return await tryPort(host, port);
    } catch (error) {
      if (!isInUse(error) || performance.now() > giveUpAt) throw cannotListen(error, host, port);
      await pause(retryMs);
    }
  }
}

async function tryPort(host: string, port: number): Promise<number> {
  const server = createServer();
  server.listen({ host, port });
  await once(server, "listening");
  const { port: found } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return found;
}

const isInUse = (error: unknown) => (error as NodeJS.ErrnoException).code === "EADDRINUSE";

/** Why a server cannot listen, in words. */
export function cannotListen(error: unknown, host: string, port: number): StartError {
  if (isInUse(error)) {
    return new StartError(
      `Port ${port} on ${host} is in use: stop what listens there, or set PORT to another port.`,
    );
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new StartError(`Fanfare cannot listen on HOST ${host}, PORT ${port}: ${reason}.`);
}

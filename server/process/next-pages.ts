import { createServer, type IncomingMessage, type Server } from "node:http";
import next from "next";
import { networkOf } from "@/domain/network/address";
import { isLoopbackOnly } from "@/domain/network/site";
import type { Handler } from "../front/front";
import { publicAddress } from "../front/public-address";
import { hasBrokenEscapes, pathForNext } from "../front/request-target";
import { createTurns } from "../http/turns";
import type { Env } from "./env";

/** What answers requests for pages, and how to end it. */
export type Pages = { answer: Handler; stop: () => Promise<void> };

/**
 * What takes no turn: files, and pages of the dashboard. Whoever is not signed in is sent away from those before
 * anything is rendered, and the queries of those who are take turns of their own.
 */
const takesNoTurn = /^\/(_next|dashboard)([/?]|$)/;
/** A page is rendered by then; what remains is a client that takes its time. */
const longestPageMs = 5_000;

/** No page has this path. Next answers broken escapes with a 500, and this with the page that says so. */
const notFoundPath = "/not-found";

/**
 * Pages by Next, in this process. `httpServer` is asked for upgrades: Next leaves one that it does not want
 * hanging, so it gets a server only where it needs them, for reloads.
 */
export async function startNext(env: Env, httpServer: Server = createServer()): Promise<Pages> {
  const { host: hostname, port } = env;
  const home = env.publicUrl ?? (isLoopbackOnly(env.host) ? env.localUrl : null);
  const app = next({ dev: !env.isProduction, dir: process.cwd(), hostname, port, httpServer });
  await app.prepare();
  const render = app.getRequestHandler();
  const turns = createTurns();

  /** Pages are rendered for whoever asks: those of one network leave time to all others. */
  async function inTurn({ headers }: IncomingMessage, answer: () => Promise<void>): Promise<void> {
    const end = await turns.enter(networkOf(String(headers["x-fanfare-client"])));
    setTimeout(end, longestPageMs).unref();
    return answer().finally(end);
  }

  return {
    async answer(request, response) {
      const elsewhere = home && publicAddress(request, home);
      if (elsewhere) return void response.writeHead(307, { location: elsewhere }).end();
      const path = hasBrokenEscapes(request.url ?? "") ? notFoundPath : (request.url ?? "/");
      request.url = pathForNext(path, env.basePath);
      // By it Next tells other sites' pages apart; a proxy may have put a name of its own into Host.
      if (env.publicUrl !== null) request.headers["x-forwarded-host"] = new URL(env.publicUrl).host;
      return takesNoTurn.test(path)
        ? render(request, response)
        : inTurn(request, () => render(request, response));
    },
    stop: () => app.close(),
  };
}

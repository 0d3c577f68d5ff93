import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { networkOf, parseCidr } from "@/domain/network/address";
import { isLoopbackOnly } from "@/domain/network/site";
import { apiHandler } from "@/server/api/node-server";
import { refusedPageBody } from "../front/body-limit";
import { createFront } from "../front/front";
import { refusedMethod } from "../front/page-methods";
import { publicAddress } from "../front/public-address";
import { refuse } from "../front/refuse";
import { hasBrokenEscapes, pathForNext } from "../front/request-target";
import { createTurns } from "../http/turns";
import { atPort, type Env } from "./env";
import { cannotListen, freePort } from "./port";
import { isSupervised, runRole, type Started } from "./role";
import { prepareStore, startRuntime } from "./runtime";

/**
 * What takes no turn: files, what machines look at, and pages of the dashboard. Whoever is not signed in is sent
 * away from those before anything is rendered, and the queries of those who are take turns of their own.
 */
const takesNoTurn = /^\/(_next|dashboard|healthz|readyz|metrics)([/?]|$)/;
/** A page is rendered by then; what remains is a client that takes its time. */
const longestPageMs = 5_000;

/** On top of the deadline of a delivery: a test call waits for one. */
const stopGraceMs = 2_000;
/** No page has this path. Next answers broken escapes with a 500, and this with the page that says so. */
const notFoundPath = "/not-found";

await runRole(startWeb);

/** The web app: pages, REST and tRPC, by Next behind a front of our own. */
async function startWeb(given: Env): Promise<Started> {
  const env = isSupervised ? given : atPort(given, await freePort(given));
  if (!isSupervised) await prepareStore(env, "one role");
  const { log, store, auth, newId } = await startRuntime(env);
  const front = createFront({
    publicUrl: env.publicUrl,
    basePath: env.basePath,
    isProduction: env.isProduction,
    trustedProxies: env.trustedProxies.flatMap((range) => parseCidr(range) ?? []),
    handle: (request, response) => handle(request, response),
    onForwarder: auth.forwarders.seen,
    newId,
    onFault: (fault) => log.error(fault, "a request broke"),
  });
  const { host: hostname, port } = env;
  const home = env.publicUrl ?? (isLoopbackOnly(env.host) ? env.localUrl : null);
  // Next leaves an upgrade that it does not want hanging, so it gets them only where it needs them: for reloads.
  const httpServer = env.isProduction ? createServer() : front.server;
  const app = next({ dev: !env.isProduction, dir: process.cwd(), hostname, port, httpServer });
  await app.prepare();
  const answerPage = app.getRequestHandler();
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const api = apiHandler(request);
    // Under `next dev` the routes of app/ answer, which are the same and follow every change of a source.
    if (api && env.isProduction) return api(request, response);
    const refusal = api ? null : (refusedMethod(request) ?? refusedPageBody(request));
    if (refusal) return refuse(response, refusal);
    const elsewhere = home && publicAddress(request, home);
    if (elsewhere) return void response.writeHead(307, { location: elsewhere }).end();
    const path = hasBrokenEscapes(request.url ?? "") ? notFoundPath : (request.url ?? "/");
    request.url = pathForNext(path, env.basePath);
    // By it Next tells other sites' pages apart; a proxy may have put a name of its own into Host.
    if (env.publicUrl !== null) request.headers["x-forwarded-host"] = new URL(env.publicUrl).host;
    return takesNoTurn.test(path)
      ? answerPage(request, response)
      : inTurn(request, () => answerPage(request, response));
  };

  /** Pages are rendered for whoever asks: those of one network leave time to all others. */
  const pages = createTurns();
  async function inTurn({ headers }: IncomingMessage, answer: () => Promise<void>): Promise<void> {
    const end = await pages.enter(networkOf(String(headers["x-fanfare-client"])));
    setTimeout(end, longestPageMs).unref();
    return answer().finally(end);
  }

  front.server.listen({ host: env.host, port: env.port });
  await once(front.server, "listening").catch((error) => {
    throw cannotListen(error, env.host, env.port);
  });
  process.stdout.write(
    `The web app is ready at ${env.publicUrl ?? env.localUrl}, and listens on ${env.localUrl}\n`,
  );

  return {
    async stop() {
      await front.stop(env.deliveryTimeoutMs + stopGraceMs);
      await app.close();
      await store.close();
    },
  };
}

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import next from "next";
import { answerWith, apiHandler } from "@/server/api/node-server";
import { parseCidr } from "@/server/domain/address";
import { atPort, type Env } from "./env";
import { hasBrokenEscapes, isBeyondNext } from "./front/beyond-next";
import { refusedPageBody } from "./front/body-limit";
import { createFront } from "./front/front";
import { refusedMethod } from "./front/page-methods";
import { publicAddress } from "./front/public-address";
import { refuse } from "./front/refuse";
import { cannotListen, freePort } from "./port";
import { isSupervised, runRole, type Started } from "./role";
import { prepareStore, startRuntime } from "./runtime";

/** On top of the deadline of a delivery: a test call waits for one. */
const stopGraceMs = 2_000;
/** No page has this path. Next answers broken escapes with a 500, and this with the page that says so. */
const notFoundPath = "/not-found";

await runRole(startWeb);

/** The web app: pages, REST and tRPC, by Next behind a front of our own. */
async function startWeb(given: Env): Promise<Started> {
  const env = isSupervised ? given : atPort(given, await freePort(given));
  if (!isSupervised) await prepareStore(env);
  const { log, store, newId } = await startRuntime(env);
  const front = createFront({
    publicUrl: env.publicUrl,
    isProduction: env.isProduction,
    trustedProxies: env.trustedProxies.flatMap((range) => parseCidr(range) ?? []),
    handle: (request, response) => handle(request, response),
    newId,
    onFault: (fault) => log.error(fault, "a request broke"),
  });
  const { host: hostname, port } = env;
  // Next leaves an upgrade that it does not want hanging, so it gets them only where it needs them: for reloads.
  const httpServer = env.isProduction ? createServer() : front.server;
  const app = next({ dev: !env.isProduction, dir: process.cwd(), hostname, port, httpServer });
  await app.prepare();
  const answerPage = app.getRequestHandler();
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const api = apiHandler(request);
    if (api && isBeyondNext(request)) return answerWith(api, request, response, env.publicUrl);
    const refusal = api ? null : (refusedMethod(request) ?? refusedPageBody(request));
    if (refusal) return refuse(response, refusal);
    const elsewhere = publicAddress(request, env.publicUrl);
    if (elsewhere) return void response.writeHead(307, { location: elsewhere }).end();
    if (hasBrokenEscapes(request.url ?? "")) request.url = notFoundPath;
    return answerPage(request, response);
  };

  front.server.listen({ host: env.host, port: env.port });
  await once(front.server, "listening").catch((error) => {
    throw cannotListen(error, env.host, env.port);
  });
  process.stdout.write(`The web app is ready at ${env.publicUrl}\n`);

  return {
    async stop() {
      await front.stop(env.deliveryTimeoutMs + stopGraceMs);
      await app.close();
      await store.close();
    },
  };
}

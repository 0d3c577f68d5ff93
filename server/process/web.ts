import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { parseCidr } from "@/domain/network/address";
import { apiHandler, serviceHandler } from "@/server/api/node-server";
import { refusedPageBody } from "../front/body-limit";
import { createFront } from "../front/front";
import { refusedMethod } from "../front/page-methods";
import { refuse } from "../front/refuse";
import { assertPagesBuilt } from "./built-pages";
import { atPort, type Env } from "./env";
import { endWhenOutdated } from "./outdated";
import { createPagesProcess } from "./pages-process";
import { cannotListen, freePort } from "./port";
import { isSupervised, runRole, type Started } from "./role";
import { startRuntime } from "./runtime";

/** On top of the deadline of a delivery: a test call waits for one. */
const stopGraceMs = 2_000;

await runRole(startWeb, { isTold: isSupervised });

/** The web app: REST and tRPC, and pages by Next, behind a front of our own. */
async function startWeb(given: Env): Promise<Started> {
  if (given.isProduction) assertPagesBuilt(given.basePath);
  const env = isSupervised ? given : atPort(given, await freePort(given));
  const { log, store, auth, newId } = await startRuntime(env, "web", isSupervised ? undefined : "one role");
  const endLooking = endWhenOutdated({ store, log });
  const front = createFront({
    publicUrl: env.publicUrl,
    basePath: env.basePath,
    isProduction: env.isProduction,
    portalFrameAncestors: env.portalFrameAncestors,
    trustedProxies: env.trustedProxies.flatMap((range) => parseCidr(range) ?? []),
    handle: (request, response) => handle(request, response),
    onForwarder: auth.forwarders.seen,
    newId,
    onFault: (fault) => log.error(fault, "a request broke"),
  });
  // Under `next dev` the routes of app/ answer everything, and follow every change of a source.
  const pages = env.isProduction
    ? createPagesProcess(env, log)
    : await (await import("./next-pages")).startNext(env, front.server);
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const api = apiHandler(request);
    const refusal = api ? null : (refusedMethod(request) ?? refusedPageBody(request));
    if (refusal) return refuse(response, refusal);
    const handler = env.isProduction ? (api ?? serviceHandler(request)) : null;
    return handler ? handler(request, response) : pages.answer(request, response);
  };

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
      await pages.stop();
      endLooking();
      await store.close();
    },
  };
}

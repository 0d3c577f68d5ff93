import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer } from "node:http";
import { dirname } from "node:path";
import type { Env } from "./env";
import { startNext } from "./next-pages";
import { runRole, type Started } from "./role";
import { startRuntime } from "./runtime";

/** What the front adds to a request's own headers. */
const headBytes = 2 * 16 * 1024;

await runRole(startPages, { endsWithParent: true });

/** The pages, on the socket that the web process named; it alone can reach it. */
async function startPages(env: Env): Promise<Started> {
  const [socketPath = ""] = process.argv.slice(2);
  const { store, log } = await startRuntime(env, "pages");
  const pages = await startNext(env);
  const server = createServer({ maxHeaderSize: headBytes, keepAliveTimeout: 0 }, (request, response) => {
    pages.answer(request, response).catch((err) => {
      log.error({ err, requestId: request.headers["x-fanfare-request"] }, "a page broke");
      response.destroy();
    });
  });
  server.listen(socketPath);
  await once(server, "listening");

  return {
    async stop() {
      server.close();
      server.closeAllConnections();
      rmSync(dirname(socketPath), { recursive: true, force: true });
      await pages.stop();
      await store.close();
    },
  };
}

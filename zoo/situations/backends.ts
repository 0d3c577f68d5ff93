import type { Place } from "../place";

/** Applications behind proxies, which are not what is looked at. Each answers the port that it listens on. */

/** Answers 200 at once. */
export const answers = (place: Place) =>
  startNode(place, "answers", "(request, response) => response.end('ok')");

/** Takes longer than anybody waits. */
export const slow = (place: Place) =>
  startNode(place, "slow", "(request, response) => setTimeout(() => response.end('ok'), 60_000)");

/** Closes the connection instead of an answer. */
export const closes = (place: Place) => startNode(place, "closes", "(request) => request.socket.destroy()");

/** Passes requests on to `target` under another host name, as tunnels do. */
export const asHost = (place: Place, target: number, host: string) =>
  startNode(
    place,
    "as-host",
    `(request, response) => {
      const options = { port: ${target}, host: "127.0.0.1", path: request.url, method: request.method };
      const further = ask({ ...options, headers: { ...request.headers, host: "${host}" } }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      });
      request.pipe(further);
    }`,
  );

async function startNode(place: Place, name: string, handler: string): Promise<number> {
  const port = await place.port();
  const file = place.write(
    `${name}.mjs`,
    `import { createServer, request as ask } from "node:http"; createServer(${handler}).listen(${port}, "127.0.0.1");`,
  );
  await place.run(process.execPath, [file], { port });
  return port;
}

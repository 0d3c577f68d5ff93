import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Certificate } from "@/testing/certificates";
import { machineMs } from "./numbers";

/** What the receiver has seen since it was asked the last time. */
export type Seen = {
  count: number;
  /** Requests on /timed/…: the event's id, and when its first byte came (milliseconds of the machine's clock). */
  arrivals: [eventId: string, atMs: number][];
};

/*
 * A receiver in a process of its own, so that it takes the same from whoever is measured. It answers 200 at once,
 * with a word on /short/…, and with what it was sent on /agent/…, which is what proves an agent's callback; on /hang/…
 * it never answers. Every message gets an answer: the first is its certificate.
 */
let seen: Seen = { count: 0, arrivals: [] };

process.once("message", (tls: Certificate) => {
  const server = createServer({ ...tls, keepAliveTimeout: 60_000 }, answer);
  server.listen(0, "127.0.0.1", () => {
    process.send?.({ port: (server.address() as AddressInfo).port });
    process.on("message", () => {
      process.send?.(seen);
      seen = { count: 0, arrivals: [] };
    });
  });
});
process.on("disconnect", () => process.exit());

function answer(request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? "";
  if (path.startsWith("/hang/")) return;
  seen.count += 1;
  if (path.startsWith("/timed/")) seen.arrivals.push([String(request.headers["x-event-id"]), machineMs()]);
  if (path.startsWith("/agent/")) return void request.pipe(response);
  request.resume();
  request.on("end", () => response.writeHead(200).end(path.startsWith("/short/") ? "ok" : undefined));
}

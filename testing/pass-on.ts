import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ReceivedRequest } from "./receiver";

/** A port on which nobody listens now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Sends a request on as it came in, as a proxy that ends TLS hands it on. */
export const passOn = (request: ReceivedRequest, url: string): Promise<Response> =>
  fetch(toFetch(request, url));

/** A request as frameworks hand it to handlers of `Request`, come in at `url`. */
export function toFetch({ method, rawHeaders, body }: ReceivedRequest, url: string): Request {
  const ofConnection = ["connection", "content-length", "host", "transfer-encoding"];
  const headers = rawHeaders.filter(([name]) => !ofConnection.includes(name.toLowerCase()));
  return new Request(url, { method, headers, body: new Uint8Array(body) });
}

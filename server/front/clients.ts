import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Cidr, isWithin, networkOf } from "@/domain/network/address";
import type { FrontLimits } from "./limits";
import { Tally } from "./tally";

/**
 * Counts what clients have open: connections in all and of each network, and requests of each network behind
 * trusted proxies, whose connections are no single client's. The function that comes back tells of a request
 * whether it is one too many; its client must have been named.
 */
export function countClients(
  server: Server,
  trustedProxies: readonly Cidr[],
  { connections, perNetwork, spare }: FrontLimits,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const ofNetwork = new Tally();
  const surplus = new WeakSet<Socket>();
  const isProxy = ({ remoteAddress = "" }: Socket) => isWithin(remoteAddress, trustedProxies);
  let open = 0;
  server.maxConnections = connections + spare;
  server.on("connection", (socket: Socket) => {
    const network = isProxy(socket) ? null : networkOf(socket.remoteAddress ?? "");
    const near = network === null ? 0 : ofNetwork.add(network);
    open += 1;
    socket.once("close", () => {
      open -= 1;
      if (network !== null) ofNetwork.remove(network);
    });
    if (near > perNetwork + spare) socket.destroy();
    else if (open > connections || near > perNetwork) surplus.add(socket);
  });

  return ({ socket, headers }, response) => {
    if (surplus.has(socket)) response.shouldKeepAlive = false;
    if (surplus.has(socket) || !isProxy(socket)) return surplus.has(socket);
    const network = networkOf(String(headers["x-fanfare-client"]));
    const near = ofNetwork.add(network);
    response.once("close", () => ofNetwork.remove(network));
    return near > perNetwork;
  };
}

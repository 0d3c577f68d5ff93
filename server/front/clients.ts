import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Cidr, isWithin, networkOf } from "@/domain/network/address";
import type { FrontLimits } from "./limits";
import { Tally } from "./tally";

/** No network has this name. */
const everybody = "*";

/**
 * Counts what clients have open: connections in all and of each network, and requests of each network behind
 * trusted proxies, whose connections are no single client's. The function that comes back tells of a request
 * whether it is one too many; its client must have been named. What is above a limit and says nothing makes room
 * for what comes after it, or a client that holds all of it would leave nobody of its network a word.
 */
export function countClients(
  server: Server,
  trustedProxies: readonly Cidr[],
  { connections, perNetwork, spare }: FrontLimits,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const ofNetwork = new Tally();
  /** By network, the oldest first; behind trusted proxies and above what all may have, those of everybody. */
  const surplus = new Map<string, Set<Socket>>();
  const isSurplus = new WeakSet<Socket>();
  const isProxy = ({ remoteAddress = "" }: Socket) => isWithin(remoteAddress, trustedProxies);
  let open = 0;
  // Those that make room are gone a moment later.
  server.maxConnections = connections + 2 * spare;
  server.on("connection", (socket: Socket) => {
    const network = isProxy(socket) ? null : networkOf(socket.remoteAddress ?? "");
    const near = network === null ? 0 : ofNetwork.add(network);
    open += 1;
    socket.once("close", () => {
      open -= 1;
      if (network !== null) ofNetwork.remove(network);
    });
    if (near > perNetwork) addSurplus(network ?? everybody, socket);
    else if (open > connections) addSurplus(everybody, socket);
  });

  function addSurplus(whose: string, socket: Socket): void {
    const own = surplus.get(whose) ?? new Set();
    surplus.set(whose, own.add(socket));
    isSurplus.add(socket);
    socket.once("close", () => {
      own.delete(socket);
      if (own.size === 0) surplus.delete(whose);
    });
    const [oldest] = own;
    if (own.size > spare) oldest?.destroy();
  }

  return ({ socket, headers }, response) => {
    if (isSurplus.has(socket)) response.shouldKeepAlive = false;
    if (isSurplus.has(socket) || !isProxy(socket)) return isSurplus.has(socket);
    const network = networkOf(String(headers["x-fanfare-client"]));
    const near = ofNetwork.add(network);
    response.once("close", () => ofNetwork.remove(network));
    return near > perNetwork;
  };
}

import { connect, isIP, type Socket } from "node:net";

/** RFC 8305 §5: the pause before the next address is tried beside those that have not answered yet. */
const nextAddressMs = 250;

/** A name may list hundreds of addresses; this many are tried. */
const maxAddresses = 8;

/** Connects to the first address that answers, families in turn; the error of the first when none does. */
export function connectFirst(
  addresses: readonly string[],
  port: number,
  signal: AbortSignal,
): Promise<Socket | Error | "aborted"> {
  return new Promise((settle) => {
    const waiting = familiesInTurn(addresses);
    const racing = new Set<Socket>();
    let firstError: Error | null = null;
    let timer: NodeJS.Timeout | undefined;

    const end = (result: Socket | Error | "aborted") => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      for (const socket of racing) if (socket !== result) socket.destroy();
      racing.clear();
      settle(result);
    };
    const onAbort = () => end("aborted");
    const startNext = () => {
      clearTimeout(timer);
      const address = waiting.shift();
      if (address === undefined) return;
      const socket = connect({ host: address, port, noDelay: true });
      racing.add(socket);
      socket.once("connect", () => end(socket));
      socket.on("error", (error) => {
        firstError ??= error;
        if (!racing.delete(socket)) return;
        if (waiting.length > 0) startNext();
        else if (racing.size === 0) end(firstError);
      });
      if (waiting.length > 0) timer = setTimeout(startNext, nextAddressMs);
    };

    if (signal.aborted) return settle("aborted");
    signal.addEventListener("abort", onAbort, { once: true });
    startNext();
  });
}

/** RFC 8305 §4: the first answer first, then the families alternate. */
function familiesInTurn(addresses: readonly string[]): string[] {
  const isLikeFirst = (address: string) => isIP(address) === isIP(addresses[0] ?? "");
  const ours = addresses.filter(isLikeFirst);
  const others = addresses.filter((address) => !isLikeFirst(address));
  const inTurn = addresses.flatMap((_, i) => [ours.slice(i, i + 1), others.slice(i, i + 1)].flat());
  return inTurn.slice(0, maxAddresses);
}

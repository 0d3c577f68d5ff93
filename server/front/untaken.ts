import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { FrontLimits } from "./limits";

/** Ends the connections whose clients do not take what was answered: it is held in memory for them. */
export function endUntaken(
  server: Server,
  { untakenMs, untakenBytes, checkMs }: Pick<FrontLimits, "untakenMs" | "untakenBytes" | "checkMs">,
): void {
  const open = new Set<Socket>();
  /** Since when something has lain there without once being taken to its end, the oldest first. */
  const untakenSince = new Map<Socket, number>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => {
      open.delete(socket);
      untakenSince.delete(socket);
    });
  });
  const timer = setInterval(check, checkMs).unref();
  server.once("close", () => clearInterval(timer));

  function check(): void {
    const now = performance.now();
    let bytes = 0;
    for (const socket of open) {
      bytes += socket.writableLength;
      if (socket.writableLength === 0) untakenSince.delete(socket);
      else if (!untakenSince.has(socket)) untakenSince.set(socket, now);
    }
    for (const [socket, since] of untakenSince) {
      if (now - since < untakenMs && bytes <= untakenBytes) return;
      bytes -= socket.writableLength;
      socket.destroy();
    }
  }
}

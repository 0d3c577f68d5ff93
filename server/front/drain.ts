import type { Server, ServerResponse } from "node:http";

/** Knows the answers under way, so that a server can stop without cutting one, and without waiting for streams. */
export function createDrain(server: Server): {
  watch: (response: ServerResponse) => void;
  stop: (graceMs: number) => Promise<void>;
} {
  const open = new Set<ServerResponse>();
  let isStopping = false;

  return {
    watch(response) {
      open.add(response);
      if (isStopping) response.shouldKeepAlive = false;
      response.once("close", () => {
        open.delete(response);
        if (isStopping) server.closeIdleConnections();
      });
    },

    /** Stops accepting, ends event streams (their clients reconnect), and waits for the other answers. */
    async stop(graceMs) {
      isStopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const response of open) {
        response.shouldKeepAlive = false;
        if (isEventStream(response)) response.destroy();
      }
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cut);
    },
  };
}

const isEventStream = (response: ServerResponse) =>
  String(response.getHeader("content-type") ?? "").startsWith("text/event-stream");

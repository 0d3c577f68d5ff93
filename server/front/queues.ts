import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

type Queue = {
  responses: ServerResponse[];
  /** Settles once the last of them is through. */
  isThrough: Promise<unknown>;
};

/**
 * The answers that are due on each connection, in order, or given before all of the request had come. `enter`
 * resolves when those before are through: what a client asks for before it has read them would be held for it,
 * answered. Null when too many wait already.
 */
export function createQueues(maxWaiting: number): {
  enter: (response: ServerResponse) => Promise<unknown> | null;
  of: (socket: Socket) => readonly ServerResponse[];
} {
  const queues = new WeakMap<Socket, Queue>();
  return {
    enter(response) {
      const { req: request } = response;
      const queue = queues.get(request.socket) ?? { responses: [], isThrough: Promise.resolve() };
      const { responses, isThrough } = queue;
      if (responses.length > maxWaiting) return null;
      responses.push(response);
      queue.isThrough = new Promise((resolve) => response.once("close", resolve));
      queues.set(request.socket, queue);
      const leave = () => responses.splice(responses.indexOf(response), 1);
      response.once("close", () => {
        if (request.complete) leave();
        else request.once("close", leave);
      });
      return isThrough;
    },
    of: (socket) => queues.get(socket)?.responses ?? [],
  };
}

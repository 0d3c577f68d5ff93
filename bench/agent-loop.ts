import { setTimeout as pause } from "node:timers/promises";
import type { Load } from "./burdens";
import type { BurdenScale } from "./scale";
import { addCustomer, type Stage } from "./stage";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

/**
 * An agent that subscribes again and again, without waiting for its answers: in turns what it has already, the same at
 * another callback, which has to be asked for proof, and with other arguments than ever.
 */
export async function subscribeInLoop(
  stage: Stage,
  { subscribesPerMinute }: BurdenScale,
): Promise<() => Promise<Load>> {
  const { headers } = await addCustomer(stage, []);
  const callback = `${stage.receiver.origin}/agent/`;
  const ways = [
    () => ({ url: callback, search: "s-0" }),
    (turn: number) => ({ url: `${callback}${turn}`, search: "s-0" }),
    (turn: number) => ({ url: callback, search: `s-${turn}` }),
  ];
  let turn = 0;
  return async () => {
    let isOver = false;
    const counts = new Map<string, number>();
    const underWay = new Set<Promise<unknown>>();
    const subscribe = async () => {
      const way = ways[turn % ways.length] as (turn: number) => { url: string; search: string };
      const answer = await ask(stage, headers, way(turn++));
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
    };
    const loop = async () => {
      const startedAt = performance.now();
      for (let asked = 0; !isOver; asked += 1) {
        await pause(Math.max(0, startedAt + (asked * 60_000) / subscribesPerMinute - performance.now()));
        const call = subscribe();
        underWay.add(call);
        void call.finally(() => underWay.delete(call));
      }
    };
    const running = loop();
    await pause(1_000);
    return {
      async end() {
        isOver = true;
        await running;
        await Promise.all(underWay);
        return [...counts].map(([answer, count]) => `${count} ${answer}`).join(", ");
      },
    };
  };
}

/** Asks for a subscription by the protocol; answers in a word or number what came of it. */
async function ask(
  { product }: Stage,
  headers: Record<string, string>,
  { url, search }: { url: string; search: string },
): Promise<string> {
  const version = "2026-07-28";
  const method = "events/subscribe";
  const params = {
    name: "search_completed",
    arguments: { search_id: search },
    delivery: { mode: "webhook", url, secret },
    _meta: {
      "io.modelcontextprotocol/protocolVersion": version,
      "io.modelcontextprotocol/clientCapabilities": {},
    },
  };
  const response = await fetch(`${product.url}/mcp`, {
    method: "POST",
    headers: {
      ...headers,
      accept: "application/json, text/event-stream",
      "mcp-protocol-version": version,
      "mcp-method": method,
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  const answer = (await response.json()) as { error?: { code?: number } | string };
  if (answer.error === undefined) return "granted";
  return `refused with ${typeof answer.error === "object" ? answer.error.code : response.status}`;
}

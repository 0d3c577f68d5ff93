import { randomBytes } from "node:crypto";
import { methods } from "@/domain/agent/protocol";
import type { Api } from "./api";

const protocolVersion = "2026-07-28";
const dayMs = 24 * 60 * 60 * 1000;

/** Subscribes an assistant as a compliance officer would ask it to: with a key of its own, which may only read. */
export async function subscribeAgent(
  api: Api,
  { url, customerId, callback }: { url: string; customerId: string; callback: string },
): Promise<void> {
  const keys = `/customers/${customerId}/api-keys`;
  const { key } = await api.platform<{ key: string }>("POST", keys, { name: "Assistant", access: "read" });
  const response = await fetch(`${url}/mcp`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${key}`,
      "Content-Type": "application/json",
      Accept: "application/json, text/event-stream",
      "MCP-Protocol-Version": protocolVersion,
      "Mcp-Method": methods.subscribe,
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: methods.subscribe, params: paramsFor(callback) }),
  });
  const text = await response.text();
  // What is refused is answered 200 as well.
  if (!text.includes("refreshBefore")) throw new Error(`The agent was not subscribed: ${text}`);
}

const paramsFor = (callback: string) => ({
  name: "cdd_state_changed",
  arguments: { risk_level: ["high", "critical"] },
  delivery: { mode: "webhook", url: callback, secret: `whsec_${randomBytes(32).toString("base64")}` },
  ttlMs: dayMs,
  _meta: {
    "io.modelcontextprotocol/protocolVersion": protocolVersion,
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": { name: "Compliance assistant", version: "1" },
  },
});

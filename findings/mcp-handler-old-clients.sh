#!/usr/bin/env bash
# createMcpHandler of @modelcontextprotocol/server 2.4.0 answers two eras by one fetch. For clients of 2026-07-28 it
# resolves once the tool has ended; for those of 2025-11-25 it resolves at once, with an event stream, while the tool is
# still at work. What is wrapped around fetch (a limit of calls, a transaction, a timer) ends too early for these alone.
# Output seen: 2026-07-28 application/json ended, 2025-11-25 text/event-stream at work
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @modelcontextprotocol/server@2.4.0
cat > see.mjs <<'JS'
import { deepStrictEqual } from "node:assert";
import { setTimeout as pause } from "node:timers/promises";
import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
let state;
const { fetch } = createMcpHandler(() => {
  const server = new McpServer({ name: "a", version: "1" });
  server.registerTool("slow", { description: "Takes its time." }, async () => {
    state = "at work";
    await pause(200);
    state = "ended";
    return { content: [] };
  });
  return server;
});
const json = { "content-type": "application/json", accept: "application/json, text/event-stream" };
async function call(version, more, _meta) {
  const params = { name: "slow", arguments: {}, _meta };
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params });
  const headers = { ...json, "mcp-protocol-version": version, ...more };
  const answer = await fetch(new Request("http://localhost/mcp", { method: "POST", headers, body }));
  const seen = `${version} ${answer.headers.get("content-type")} ${state}`;
  await answer.text();
  return seen;
}
const today = { "mcp-method": "tools/call", "mcp-name": "slow" };
const seen = [
  await call("2026-07-28", today, {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
  }),
  await call("2025-11-25"),
];
console.log(seen.join(", "));
deepStrictEqual(seen, ["2026-07-28 application/json ended", "2025-11-25 text/event-stream at work"]);
JS
node see.mjs

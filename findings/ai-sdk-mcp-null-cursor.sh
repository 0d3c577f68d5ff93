#!/usr/bin/env bash
# MCP Events lets an event's cursor be null: the server has no place to tell. The receiver of @ai-sdk/mcp 2.0.99 takes that
# for its new place: it forgets the cursor that subscribing gave it, so that after a lapse it asks for no replay and what
# came meanwhile is gone without a word. An event without the field leaves the place as it was.
# Output seen: without the field "place-1", with null null
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @ai-sdk/mcp@2.0.99 standardwebhooks@1.1.1 2>/dev/null
cat > see.mjs <<'JS'
import { deepStrictEqual } from "node:assert";
import { experimental_createMCPEventWebhook } from "@ai-sdk/mcp";
import { Webhook } from "standardwebhooks";
const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const url = "https://agent.example/events?mcp_event_subscription=k";
async function placeAfter(cursor) {
  let kept = {
    key: "k", id: "sub_1", name: "tick", arguments: {}, status: "active", cursor: "place-1", truncated: false,
    definition: { name: "tick", delivery: ["webhook"], inputSchema: true, payloadSchema: true },
    delivery: { mode: "webhook", url, secret },
  };
  const store = {
    get: async () => kept, getById: async () => kept, delete: async () => {},
    set: async (all) => { kept = all; },
    update: async (_key, some) => { kept = { ...kept, ...some }; },
  };
  const receive = experimental_createMCPEventWebhook({ store, onEvent: async () => {} });
  const now = new Date();
  const body = JSON.stringify({ eventId: "e-1", name: "tick", timestamp: now.toISOString(), data: {}, ...cursor });
  const answer = await receive(new Request(url, {
    method: "POST",
    headers: {
      "content-type": "application/json", "x-mcp-subscription-id": "sub_1", "webhook-id": "e-1",
      "webhook-timestamp": String(Math.floor(now / 1000)), "webhook-signature": new Webhook(secret).sign("e-1", now, body),
    },
    body,
  }));
  return [answer.status, kept.cursor];
}
const seen = [await placeAfter({}), await placeAfter({ cursor: null })];
console.log(`without the field ${JSON.stringify(seen[0][1])}, with null ${seen[1][1]}`);
deepStrictEqual(seen, [[204, "place-1"], [204, null]]);
JS
node see.mjs

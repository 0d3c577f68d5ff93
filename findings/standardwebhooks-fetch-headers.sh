#!/usr/bin/env bash
# standardwebhooks 1.1.1 and svix 1.99.1 do not read a fetch Headers object, which is what a Next.js, Hono or Bun
# handler has: with all three headers present, verify() says "Missing required headers". A plain object passes.
# Output seen, for each library:
#   plain object → { a: 1 }
#   Headers → WebhookVerificationError: Missing required headers
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm init -y >/dev/null
npm install --no-audit --no-fund --silent standardwebhooks@1.1.1 svix@1.99.1
cat > see.mjs <<'JS'
import { deepStrictEqual, throws } from "node:assert";
import * as standard from "standardwebhooks";
import * as svix from "svix";
const body = '{"a":1}';
const now = new Date();
for (const { Webhook } of [standard, svix]) {
  const webhook = new Webhook(`whsec_${Buffer.alloc(32, 7).toString("base64")}`);
  const plain = {
    "webhook-id": "e1",
    "webhook-timestamp": String(Math.floor(now / 1000)),
    "webhook-signature": webhook.sign("e1", now, body),
  };
  deepStrictEqual(webhook.verify(body, plain), { a: 1 });
  throws(() => webhook.verify(body, new Headers(plain)), /Missing required headers/);
  deepStrictEqual(webhook.verify(body, Object.fromEntries(new Headers(plain))), { a: 1 });
  console.log("plain object → { a: 1 }; Headers → Missing required headers; Object.fromEntries(Headers) → { a: 1 }");
}
JS
node see.mjs

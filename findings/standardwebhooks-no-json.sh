#!/usr/bin/env bash
# A correctly signed body that is no JSON makes verify() of standardwebhooks 1.1.1 and svix 1.99.1 throw a
# SyntaxError, not their WebhookVerificationError: a handler that answers 400 to the latter answers 500 to it, and
# is sent the delivery again and again. On an empty body the two part: standardwebhooks answers undefined, svix,
# of the same makers, throws the SyntaxError there too.
# Output seen:
#   standardwebhooks: text SyntaxError, empty undefined
#   svix: text SyntaxError, empty SyntaxError
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm init -y >/dev/null
npm install --no-audit --no-fund --silent standardwebhooks@1.1.1 svix@1.99.1
cat > see.mjs <<'JS'
import { deepStrictEqual } from "node:assert";
import * as standard from "standardwebhooks";
import * as svix from "svix";
const expected = {
  standardwebhooks: { text: "SyntaxError", empty: "undefined" },
  svix: { text: "SyntaxError", empty: "SyntaxError" },
};
for (const [name, { Webhook }] of Object.entries({ standardwebhooks: standard, svix })) {
  const webhook = new Webhook(`whsec_${Buffer.alloc(32, 7).toString("base64")}`);
  const outcome = (body) => {
    const now = new Date();
    const headers = {
      "webhook-id": "e1",
      "webhook-timestamp": String(Math.floor(now / 1000)),
      "webhook-signature": webhook.sign("e1", now, body),
    };
    try {
      return String(webhook.verify(body, headers));
    } catch (error) {
      return error.name;
    }
  };
  const seen = { text: outcome("hello"), empty: outcome("") };
  console.log(`${name}: text ${seen.text}, empty ${seen.empty}`);
  deepStrictEqual(seen, expected[name]);
}
JS
node see.mjs

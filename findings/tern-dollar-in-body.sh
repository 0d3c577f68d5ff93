#!/usr/bin/env bash
# @hookflo/tern 4.1.0 (with standardwebhooks 1.1.1 as the sender) refuses correctly signed deliveries of Standard
# Webhooks platforms when the body holds "$$" or "$'": it builds the text to verify with
# String.replace("{body}", body), where these are replacement patterns. "$5" passes, "$$5" is "Invalid signature".
# Output seen:
#   {"price":"$5"} → true
#   {"price":"$$5"} → false Invalid signature
#   {"note":"costs 5$'"} → false Invalid signature
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @hookflo/tern@4.1.0 standardwebhooks@1.1.1
cat > see.mjs <<'JS'
import { strictEqual } from "node:assert";
import { WebhookVerificationService } from "@hookflo/tern";
import { Webhook } from "standardwebhooks";
const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const expected = { '{"price":"$5"}': true, '{"price":"$$5"}': false, [`{"note":"costs 5$'"}`]: false };
for (const [body, isValid] of Object.entries(expected)) {
  const now = new Date();
  const headers = {
    "webhook-id": "e1",
    "webhook-timestamp": String(Math.floor(now / 1000)),
    "webhook-signature": new Webhook(secret).sign("e1", now, body),
  };
  new Webhook(secret).verify(body, headers); // the sender's own library finds it right
  const request = new Request("http://receiver.test/", { method: "POST", body, headers });
  const result = await WebhookVerificationService.verifyWithPlatformConfig(request, "dodopayments", secret);
  console.log(body, "→", result.isValid, result.error ?? "");
  strictEqual(result.isValid, isValid);
}
JS
node see.mjs

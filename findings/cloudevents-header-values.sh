#!/usr/bin/env bash
# cloudevents 10.0.0 in binary mode neither writes nor reads the percent-encoding that the CloudEvents HTTP binding
# asks for in header values (section 3.1.3.2): an attribute with a letter beyond Latin-1 cannot be sent by its own
# httpTransport on Node (seen on 20.20), and an encoded one from another sender arrives still encoded.
# Output seen:
#   sent: ERR_INVALID_CHAR Invalid character in header content ["ce-city"]
#   received: %C5%81%C3%B3d%C5%BA
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm init -y >/dev/null
npm install --no-audit --no-fund --silent cloudevents@10.0.0
cat > see.mjs <<'JS'
import { rejects, strictEqual } from "node:assert";
import { createServer } from "node:http";
import { CloudEvent, emitterFor, HTTP, httpTransport, Mode } from "cloudevents";
const event = new CloudEvent({ id: "1", source: "/s", type: "t", city: "Łódź", data: {} });
const server = createServer((request, response) => request.resume() && response.end()).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const emit = emitterFor(httpTransport(`http://127.0.0.1:${server.address().port}`), { mode: Mode.BINARY });
await rejects(emit(event), (error) => {
  console.log("sent:", error.code, error.message);
  return error.code === "ERR_INVALID_CHAR";
});
server.close();
const headers = { "ce-id": "1", "ce-specversion": "1.0", "ce-source": "/s", "ce-type": "t" };
const city = encodeURIComponent("Łódź");
const received = HTTP.toEvent({ headers: { ...headers, "ce-city": city, "content-type": "application/json" }, body: "{}" });
console.log("received:", received.city);
strictEqual(received.city, city);
JS
node see.mjs

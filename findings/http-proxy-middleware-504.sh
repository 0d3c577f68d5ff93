#!/usr/bin/env bash
# http-proxy-middleware 4.2.2 answers 504 Gateway Timeout, at once, when nothing listens at its target: a refused
# connection is told with the status that elsewhere (nginx, HAProxy, Caddy) means that an answer took too long, where
# these say 502 or 503. Read by its status alone, an application that is down looks like one that is slow.
# Output seen:
#   504 "Error occurred while trying to proxy: 127.0.0.1:PORT/hook" within a second
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm init -y >/dev/null
npm install --no-audit --no-fund --silent http-proxy-middleware@4.2.2 express@5.2.1
cat > see.mjs <<'JS'
import { ok, strictEqual } from "node:assert";
import { createServer } from "node:http";
import express from "express";
import { createProxyMiddleware } from "http-proxy-middleware";
const listening = (server) => new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
const closed = createServer();
const closedPort = await listening(closed);
await new Promise((resolve) => closed.close(resolve));
const app = express().use(createProxyMiddleware({ target: `http://127.0.0.1:${closedPort}` }));
const proxy = createServer(app);
const port = await listening(proxy);
const startedAt = performance.now();
const response = await fetch(`http://127.0.0.1:${port}/hook`, { method: "POST", body: "{}" });
const tookMs = performance.now() - startedAt;
const text = (await response.text()).replaceAll(String(port), "PORT");
console.log(response.status, JSON.stringify(text), tookMs < 1_000 ? "within a second" : `after ${tookMs} ms`);
strictEqual(response.status, 504);
ok(text.startsWith("Error occurred while trying to proxy") && tookMs < 1_000);
proxy.close();
JS
node see.mjs

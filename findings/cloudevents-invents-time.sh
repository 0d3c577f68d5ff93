#!/usr/bin/env bash
# cloudevents 10.0.0: HTTP.toEvent gives an event that came without the optional attribute "time" the moment of its
# reading, as if its producer had said so; reading the same bytes again gives another time. A time that is there
# loses its offset and all beyond milliseconds. Who stores or forwards the parsed event passes on another event.
# Output seen:
#   without time: "2026-…Z" (now)
#   2026-03-01T10:00:00.123456+02:00 → 2026-03-01T08:00:00.123Z
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm init -y >/dev/null
npm install --no-audit --no-fund --silent cloudevents@10.0.0
cat > see.mjs <<'JS'
import { ok, strictEqual } from "node:assert";
import { HTTP } from "cloudevents";
const read = (more) =>
  HTTP.toEvent({
    headers: { "content-type": "application/cloudevents+json" },
    body: JSON.stringify({ specversion: "1.0", id: "1", source: "/s", type: "t", ...more }),
  });
const before = Date.now();
const { time } = read({});
console.log("without time:", time);
ok(Date.parse(time) >= before && Date.parse(time) <= Date.now());
const dated = read({ time: "2026-03-01T10:00:00.123456+02:00" }).time;
console.log("2026-03-01T10:00:00.123456+02:00 →", dated);
strictEqual(dated, "2026-03-01T08:00:00.123Z");
JS
node see.mjs

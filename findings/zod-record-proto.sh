#!/usr/bin/env bash
# A key `__proto__`, which JSON may have, is left out by z.record of zod 4.6.7 without a word, and its value is not
# checked: what was sent and what was parsed differ, and safeParse says success. A strict object refuses the same key.
# Output seen: record {"success":true,"data":{"a":2}}, strict object: Unrecognized key: "__proto__"
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm init -y >/dev/null
npm install --no-audit --no-fund --silent zod@4.6.7
cat > see.mjs <<'JS'
import { deepStrictEqual } from "node:assert";
import { z } from "zod";
const sent = JSON.parse('{ "__proto__": "no number", "a": 2 }');
const record = z.record(z.string(), z.number()).safeParse(sent);
const strict = z.strictObject({ a: z.number() }).safeParse(sent);
console.log(`record ${JSON.stringify(record)}, strict object: ${strict.error.issues[0].message}`);
deepStrictEqual(Object.keys(sent), ["__proto__", "a"]);
deepStrictEqual(record, { success: true, data: { a: 2 } });
deepStrictEqual(strict.error.issues[0].keys, ["__proto__"]);
JS
node see.mjs

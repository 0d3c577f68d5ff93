#!/usr/bin/env bash
# @trpc/server 11.19.0 refuses a GET of a mutation and a POST of a query with 405. A POST of a subscription it answers
# with 200 and an event stream, which says that it is connected and then holds the 405 as an event: whoever looks at the
# status, such as a proxy, a log or a metric, counts a success.
# Output seen: mutation by GET 405, query by POST 405, subscription by POST 200
set -euo pipefail
cd "$(mktemp -d)" && trap 'rm -rf "$PWD"' EXIT
npm init -y >/dev/null
npm install --no-audit --no-fund --silent @trpc/server@11.19.0
cat > see.mjs <<'JS'
import { deepStrictEqual, match } from "node:assert";
import { initTRPC } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
const { router, procedure } = initTRPC.create();
const all = router({
  mutation: procedure.mutation(() => 1),
  query: procedure.query(() => 1),
  subscription: procedure.subscription(async function* () {
    yield 1;
  }),
});
const seen = {};
for (const [name, method] of [["mutation", "GET"], ["query", "POST"], ["subscription", "POST"]]) {
  const post = { headers: { "content-type": "application/json" }, body: "{}" };
  const req = new Request(`http://localhost/${name}`, { method, ...(method === "POST" && post) });
  const answer = await fetchRequestHandler({ endpoint: "", router: all, req, createContext: () => ({}) });
  seen[`${name} by ${method}`] = answer.status;
  match(await answer.text(), /"httpStatus":405/);
}
console.log(Object.entries(seen).map((each) => each.join(" ")).join(", "));
deepStrictEqual(Object.values(seen), [405, 405, 200]);
JS
node see.mjs

import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { openApi, toRequest } from "@/server/api/api.fixture";
import { createLog } from "@/server/process/log";
import { GET } from "./route";

test("a store that cannot be read is told without its insides, which the log has", async () => {
  const api = await openApi({ metricsToken: "token" });
  const lines: string[] = [];
  const to = new Writable({ write: (line, _, done) => done(void lines.push(String(line))) });
  api.runtime.log = createLog("test", "error", to);
  await api.close();
  const answer = await GET(toRequest("GET", "/metrics", { headers: { authorization: "Bearer token" } }));
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { code: "unavailable", error: "The store cannot be used." },
  ]);
  expect(lines).toEqual([expect.stringContaining("not open")]);
});

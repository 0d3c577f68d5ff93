import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { result, startServer } from "../../src/server.fixture";
import { explainCommand } from "./explain";

const id = "sub_0f5b00000000000000000000000000aa";
const agent = {
  id,
  client: "Night watch",
  callback_url: "https://agents.example/in",
  event_type: "search_completed",
  asks_for: "data.case_id is C-42",
  health: { state: "failing" },
  failure: {
    code: "http_502",
    meaning: "Nothing listens behind the proxy.",
    next_step: "Start the agent's server.",
  },
  last_delivery_at: null,
  pending_count: 3,
  expires_at: "2026-11-28T17:04:11.000Z",
};

let out = "";
let close = () => {};
beforeEach(() => {
  out = "";
  vi.stubEnv("FANFARE_API_KEY", "fk_key");
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += text;
    return true;
  });
});
afterEach(() => {
  close();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Explains what is named, to a customer whose only agent is the one above. */
async function explain(named: string, ...options: string[]): Promise<void> {
  const server = await startServer(result([agent]));
  close = server.close;
  const command = explainCommand({ signal: new AbortController().signal });
  await command.parseAsync([named, "--url", server.url, ...options], { from: "user" });
}

test("an agent's subscription is explained: why it fails, and what to do", async () => {
  await explain(id);
  expect(out).toMatch(/^asks for +search_completed where data\.case_id is C-42$/m);
  expect(out).toMatch(/^health +failing$/m);
  expect(out).toMatch(/^what it means +Nothing listens behind the proxy\.$/m);
  expect(out).toMatch(/^what to do +Start the agent's server\.$/m);
});

test("as JSON it is the agent, by the beginning of its id too", async () => {
  await explain("sub_0f5b", "--json");
  expect(JSON.parse(out)).toEqual(agent);
});

test("of a subscription that is not there it is said where those are that are", async () => {
  await expect(explain("sub_1")).rejects.toThrow(/agent.* sub_1.*Agents page.*GET \/agents/);
});

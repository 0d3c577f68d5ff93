import { Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { handleAuth, handleRedeem } from "@/server/auth/handle";
import { createLog } from "@/server/process/log";
import { type Api, openApi, publicUrl, rest, toRequest, trpc } from "./api.fixture";
import { handleTrpc } from "./trpc-http/handle";

let api: Api;
let key: string;
let logged: string;
beforeEach(async () => {
  api = await openApi();
  key = (await api.newCustomer()).key;
  logged = "";
  const to = new Writable({
    write(line, _, done) {
      logged += line;
      done();
    },
  });
  api.runtime.log = createLog("test", "error", to);
  api.runtime.auth.log = api.runtime.log;
});
afterEach(() => api.close().catch(() => {}));

type Fault = {
  what: string;
  breakIt: () => unknown;
  type: "query" | "mutation";
  name: string;
  call: [method: string, path: string];
  input?: unknown;
};

const creating = {
  type: "mutation",
  name: "webhooks.create",
  call: ["POST", "/webhooks"],
  input: { webhook_url: "https://receiver.example" },
} satisfies Partial<Fault>;

const faults: Fault[] = [
  {
    what: "a store that cannot be read",
    breakIt: () => api.close(),
    type: "query",
    name: "webhooks.list",
    call: ["GET", "/webhooks"],
  },
  {
    what: "a check of the input that breaks",
    breakIt: () => Object.assign(api.runtime.env, { deliveryAllowCidrs: null }),
    ...creating,
  },
  {
    what: "an answer that is not what the contract says",
    breakIt: () => Object.assign(api.runtime, { newId: () => "no-uuid" }),
    ...creating,
  },
];

const idIn = (sentence: string | undefined) => /request id ([\w-]+)\.$/.exec(sentence ?? "")?.[1];

function expectLogged(sentence: string | undefined) {
  const id = idIn(sentence);
  expect(id).toBeDefined();
  const lines = logged
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([
    expect.objectContaining({ requestId: id, err: expect.objectContaining({ stack: expect.any(String) }) }),
  ]);
}

describe("what is answered as 500 is in the log under the id that the answer tells", () => {
  test.each(faults)("$what, over REST", async ({ breakIt, call, input }) => {
    await breakIt();
    const { status, body } = await rest<{ error: string }>(...call, { key, json: input });
    expect(status).toBe(500);
    expectLogged(body.error);
  });

  test.each(faults)("$what, over tRPC", async ({ breakIt, type, name, input }) => {
    await breakIt();
    const { status, error } = await trpc(type, name, input, { key });
    expect(status).toBe(500);
    expectLogged(error?.message);
  });

  test("but a body that breaks off is its sender's", async () => {
    const body = new ReadableStream({ pull: () => Promise.reject(new Error("It broke off.")) });
    const response = await handleTrpc(toRequest("POST", "/api/trpc/webhooks.create", { key, body }));
    expect(response.status).toBe(400);
    expect((await response.json()).error.message).toBe("The body ended before it was complete.");
  });

  test("a store that cannot be read, while signing in", async () => {
    await api.close();
    const json = { email: "ada@example.com", password: "correct horse battery" };
    const asked = { key: null, json, headers: { origin: publicUrl } };
    const response = await handleAuth(toRequest("POST", "/api/auth/sign-in/email", asked));
    expect(response.status).toBe(500);
    expectLogged((await response.json()).error);
  });

  test("a store that cannot be read, while a portal link is opened", async () => {
    await api.close();
    const request = toRequest("POST", "/portal/token/redeem", { key: null, headers: { origin: publicUrl } });
    const response = await handleRedeem(request, "token");
    expect(response.status).toBe(500);
    expectLogged((await response.json()).error);
  });
});

test("what the caller did wrong is in no log", async () => {
  expect((await rest("POST", "/webhooks", { key, json: {} })).status).toBe(400);
  expect((await trpc("query", "nothing.there", undefined, { key })).status).toBe(404);
  expect((await trpc("query", "webhooks.create", undefined, { key })).status).toBe(405);
  expect(logged).toBe("");
});

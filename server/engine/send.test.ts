import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from "vitest";
import { parseCidr } from "@/domain/network/address";
import { createSelfSigned, openAuthority } from "@/testing/certificates";
import { type Receiver, startReceiver } from "@/testing/receiver";
import { createSender, type Sender, type SendRequest } from "./send";

const authority = openAuthority(inject("authority"));
const loopback = ["127.0.0.0/8", "::1/128"].flatMap((text) => parseCidr(text) ?? []);

let receiver: Receiver;
let sender: Sender;

beforeAll(async () => {
  receiver = await startReceiver({ tls: await authority.issue() });
});
beforeEach(() => {
  receiver.requests.length = 0;
  sender = createSender({ timeoutMs: 5_000, allow: loopback });
  return async () => {
    vi.unstubAllEnvs();
    await sender.close();
  };
});
afterAll(() => receiver.close());

const post = (request: Partial<SendRequest> = {}) =>
  sender.send({ pool: "w1", url: `${receiver.url}/hook?a=b`, headers: {}, body: "{}", ...request });

describe("what is sent", () => {
  test("the exact bytes, the headers given, and a plain HTTP/1.1 POST that asks for no compression", async () => {
    const body = '{"name":"Żółć 🦊","n":1.10}';
    await post({ headers: { "X-Signature": "sha256=abc", "webhook-id": "e1" }, body });
    const [request] = receiver.requests;
    expect(request).toMatchObject({ method: "POST", url: "/hook?a=b" });
    expect(request?.body).toEqual(Buffer.from(body));
    expect(request?.rawHeaders).toEqual([
      ["host", `localhost:${receiver.port}`],
      ["connection", "keep-alive"],
      ["X-Signature", "sha256=abc"],
      ["webhook-id", "e1"],
      ["Accept", "*/*"],
      ["Accept-Encoding", "identity"],
      ["content-length", String(Buffer.byteLength(body))],
    ]);
  });

  test("proxies in the environment change nothing", async () => {
    const proxy = "http://127.0.0.1:9";
    vi.stubEnv("HTTPS_PROXY", proxy).stubEnv("https_proxy", proxy).stubEnv("ALL_PROXY", proxy);
    vi.stubEnv("NODE_USE_ENV_PROXY", "1");
    expect(await post()).toMatchObject({ kind: "response", status: 200 });
  });

  test("the switch that turns certificate checks off changes nothing", async () => {
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const untrusted = await startReceiver({ tls: await createSelfSigned() });
    expect(await post({ url: untrusted.url })).toMatchObject({ error: { code: "tls_error" } });
    expect(untrusted.requests).toHaveLength(0);
    await untrusted.close();
  });
});

describe("what is answered", () => {
  test("a 2xx carries status, headers, raw body, timings and what is known of the peer", async () => {
    receiver.answerNext({
      status: 201,
      headers: { "X-Trace": "t1", "Set-Cookie": ["a=1", "b=2"] },
      body: "thanks",
    });
    const outcome = await post();
    expect(outcome).toMatchObject({
      kind: "response",
      status: 201,
      response: { headers: { "x-trace": "t1", "set-cookie": ["a=1", "b=2"] }, truncated: false },
      peer: { address: "127.0.0.1", tls_version: "TLSv1.3", reused: false },
      timings: {
        dns: expect.any(Number),
        connect: expect.any(Number),
        tls: expect.any(Number),
        first_byte: expect.any(Number),
        body: expect.any(Number),
      },
    });
    expect(outcome.kind === "response" && Buffer.from(outcome.response.body).toString()).toBe("thanks");
    expect(Date.parse(outcome.peer.certificate_expires_at ?? "")).toBeGreaterThan(Date.now());
  });

  test("a redirect is an answer and is not followed", async () => {
    receiver.answerNext({ status: 307, headers: { Location: `${receiver.url}/elsewhere` } });
    expect(await post()).toMatchObject({
      kind: "response",
      status: 307,
      response: { headers: { location: `${receiver.url}/elsewhere` } },
    });
    expect(receiver.requests).toHaveLength(1);
  });
});

describe("connections", () => {
  test("are kept alive within a pool", async () => {
    const first = await post();
    const second = await post();
    expect([first.peer.reused, second.peer.reused]).toEqual([false, true]);
    expect(second.timings).toMatchObject({ dns: null, connect: null, tls: null });
    expect(receiver.requests[0]?.connection).toBe(receiver.requests[1]?.connection);
  });

  test("are never shared between pools", async () => {
    await post({ pool: "w1" });
    await post({ pool: "w2" });
    expect(receiver.requests[0]?.connection).not.toBe(receiver.requests[1]?.connection);
  });

  test("are as many as requests at once", async () => {
    const before = receiver.connectionCount();
    await Promise.all([post(), post(), post()]);
    await Promise.all([post(), post(), post()]);
    expect(receiver.connectionCount() - before).toBe(3);
  });

  test("end when the sender closes, which waits for what is in flight", async () => {
    receiver.answerNext({ status: 202, delayMs: 50 });
    const inFlight = post();
    await receiver.waitFor(1);
    await sender.close();
    expect(await inFlight).toMatchObject({ status: 202 });
    await receiver.waitForNoConnection();
    await expect(post()).rejects.toThrow("closed");
  });
});

describe("an aborted signal", () => {
  test("ends an attempt in flight with its reason", async () => {
    receiver.answerNext("hang");
    const abort = new AbortController();
    const attempt = post({ signal: abort.signal });
    await receiver.waitFor(1);
    abort.abort(new Error("stop"));
    await expect(attempt).rejects.toThrow("stop");
    await receiver.waitForNoConnection();
  });

  test("sends nothing when it was aborted before", async () => {
    await expect(post({ signal: AbortSignal.abort(new Error("stop")) })).rejects.toThrow("stop");
    expect(receiver.requests).toHaveLength(0);
  });
});

test("a request that could never be sent is a bug and throws", async () => {
  await expect(post({ headers: { "X-Bad": "a\r\nb" } })).rejects.toThrow("header");
  await expect(post({ url: receiver.url.replace("https:", "http:") })).rejects.toThrow("https:");
});

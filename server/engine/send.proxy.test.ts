import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AttemptError } from "@/domain/delivery/outcome";
import type { HttpProxy } from "@/domain/network/http-proxy";
import { type ConnectProxy, startConnectProxy } from "@/testing/connect-proxy";
import { type Receiver, startReceiver } from "@/testing/receiver";
import { createSender, type Sender } from "./send";
import { allow, failure, hastyMs, response, trusted } from "./send.fixture";

let receiver: Receiver;
const ended: (() => Promise<void>)[] = [];
beforeEach(async () => {
  receiver = await startReceiver({ tls: trusted });
  ended.push(receiver.close);
});
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

const elsewhere = "https://elsewhere.example";
const resolve = async (name: string) => (name === "localhost" ? ["127.0.0.1"] : ["10.1.2.3"]);

/** A sender whose only way out is that proxy. */
function senderBy(proxy: Partial<HttpProxy> & { port: number }, timeoutMs = 20_000) {
  const told: (AttemptError | null)[] = [];
  const way = { host: "127.0.0.1", isTls: false, authorization: null, resolvesNames: false, ...proxy };
  const sender: Sender = createSender({
    timeoutMs,
    allow,
    resolve,
    proxy: way,
    onProxy: (trouble) => told.push(trouble),
  });
  ended.push(() => sender.close());
  const post = (pool = "w1", url = `https://localhost:${receiver.port}/in`) =>
    sender.send({ pool, url, headers: {}, body: "{}" });
  return { post, told };
}

async function proxyThat(...how: Parameters<typeof startConnectProxy>): Promise<ConnectProxy> {
  const proxy = await startConnectProxy(...how);
  ended.push(proxy.close);
  return proxy;
}

describe("through a proxy", () => {
  test("it is asked for the address that was judged, and the endpoint sees the name", async () => {
    const proxy = await proxyThat();
    const outcome = await senderBy(proxy).post();
    expect(outcome).toMatchObject({ ...response(200, false), peer: { address: "127.0.0.1" } });
    expect(proxy.asked).toEqual([{ authority: `127.0.0.1:${receiver.port}`, authorization: undefined }]);
    expect(receiver.requests[0]?.headers.host).toBe(`localhost:${receiver.port}`);
  });

  test("its user and password are shown to it, and not to the endpoint", async () => {
    const proxy = await proxyThat();
    await senderBy({ port: proxy.port, authorization: "Basic dTpw" }).post();
    expect(proxy.asked).toMatchObject([{ authorization: "Basic dTpw" }]);
    expect(JSON.stringify(receiver.requests[0]?.headers)).not.toContain("dTpw");
  });

  test("it may be spoken to over TLS", async () => {
    const proxy = await proxyThat(() => "pass", trusted);
    const outcome = await senderBy({ port: proxy.port, host: "localhost", isTls: true }).post();
    expect(outcome).toMatchObject(response(200, false));
  });

  test("a connection is kept for its webhook and URL, and no tunnel serves another one", async () => {
    const proxy = await proxyThat();
    const { post } = senderBy(proxy);
    await post("w1");
    expect(await post("w1")).toMatchObject({ peer: { reused: true } });
    expect(await post("w2")).toMatchObject({ peer: { reused: false } });
    expect(proxy.asked).toHaveLength(2);
  });

  test("a private address is refused before the proxy is asked", async () => {
    const proxy = await proxyThat();
    const { post, told } = senderBy(proxy);
    expect(await post("w1", elsewhere)).toMatchObject(failure("blocked_address", "10.1.2.3"));
    expect([proxy.asked, told]).toEqual([[], []]);
  });

  test("one that resolves is asked for the name, unless DNS leads it to a private address here", async () => {
    const proxy = await proxyThat();
    const { post } = senderBy({ port: proxy.port, resolvesNames: true });
    expect(await post()).toMatchObject({ ...response(200, false), peer: { address: null } });
    expect(await post("w1", elsewhere)).toMatchObject(failure("blocked_address", "10.1.2.3"));
    expect(proxy.asked).toMatchObject([{ authority: `localhost:${receiver.port}` }]);
  });

  test("one that resolves is asked for names that DNS does not know here", async () => {
    const proxy = await proxyThat(() => ({ status: 502 }));
    const sender = createSender({
      timeoutMs: 20_000,
      allow,
      resolve: () => Promise.reject(Object.assign(new Error(), { code: "ENOTFOUND" })),
      proxy: { host: "127.0.0.1", port: proxy.port, isTls: false, authorization: null, resolvesNames: true },
    });
    ended.push(() => sender.close());
    const outcome = await sender.send({ pool: "w1", url: "https://a.example/in", headers: {}, body: "" });
    expect(outcome).toMatchObject(failure("connect_refused", "a.example:443", "through_proxy"));
  });

  test("what does not speak TLS behind it is looked at by it as well, and by no other way", async () => {
    const proxy = await proxyThat();
    const { post } = senderBy(proxy);
    const plain = await startConnectProxy();
    ended.push(plain.close);
    const outcome = await post("w1", `https://localhost:${plain.port}/`);
    expect(outcome).toMatchObject({ kind: "error", peer: { facts: { firstBytes: expect.any(String) } } });
    expect(proxy.asked.map(({ authority }) => authority)).toEqual(Array(2).fill(`127.0.0.1:${plain.port}`));
  });
});

describe("a proxy that does not let through", () => {
  test.each([
    [{ status: 407 }, "proxy_error", "user and password", "proxy_credentials"],
    [{ status: 403 }, "proxy_error", "refused to connect to 127.0.0.1", "proxy_refused"],
    [{ status: 302 }, "proxy_error", "refused to connect", "proxy_refused"],
    [{ status: 502 }, "connect_refused", "could not connect to 127.0.0.1", "through_proxy"],
    [{ status: 504 }, "connect_timeout", "in time", "through_proxy"],
    [
      { status: 503, headers: { "X-Squid-Error": "ERR_CONNECT_FAIL 111" } },
      "connect_refused",
      "503, ERR_CONNECT_FAIL 111",
      "through_proxy",
    ],
  ] as const)("%j is told as what it is", async (verdict, code, words, detail) => {
    const proxy = await proxyThat(() => verdict);
    const { post, told } = senderBy(proxy);
    expect(await post()).toMatchObject(failure(code, words, detail));
    expect(told).toMatchObject([{ code, detail }]);
    expect(receiver.connectionCount()).toBe(0);
  });

  test("one that is not there is a fault of ours, which tells nothing of where it is", async () => {
    const proxy = await startConnectProxy();
    await proxy.close();
    const outcome = await senderBy(proxy).post();
    expect(outcome).toMatchObject(failure("proxy_error", "ECONNREFUSED", "proxy_unreachable"));
    expect(JSON.stringify(outcome)).not.toContain(String(proxy.port));
  });

  test("one that speaks no HTTP is a fault of ours", async () => {
    const outcome = await senderBy({ port: receiver.port }).post();
    expect(outcome).toMatchObject(failure("proxy_error", "proxy", "proxy_unreachable"));
  });

  test("one that gets no connection in time uses up the attempt, and is the target's", async () => {
    const proxy = await proxyThat(() => "hang");
    const outcome = await senderBy(proxy, hastyMs).post();
    expect(outcome).toMatchObject(failure("connect_timeout", "got no connection", "through_proxy"));
  });

  test("the other addresses of a name are asked for while the first ones are out of reach", async () => {
    const proxy = await proxyThat((authority) =>
      authority.startsWith("127.0.0.2") ? { status: 502 } : "pass",
    );
    const sender = createSender({
      timeoutMs: 20_000,
      allow,
      resolve: async () => ["127.0.0.2", "127.0.0.1"],
      proxy: { host: "127.0.0.1", port: proxy.port, isTls: false, authorization: null, resolvesNames: false },
    });
    ended.push(() => sender.close());
    const url = `https://localhost:${receiver.port}/in`;
    const outcome = await sender.send({ pool: "w1", url, headers: {}, body: "{}" });
    expect(outcome).toMatchObject({ ...response(200, false), peer: { address: "127.0.0.1" } });
  });
});

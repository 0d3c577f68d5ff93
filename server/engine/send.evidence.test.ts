import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import type { PeerFacts } from "@/domain/delivery/outcome";
import { createSelfSigned, expired, wrongHost } from "@/testing/certificates";
import { onRequest } from "@/testing/raw-server";
import { authority, hastyMs, postTo, postToAnswer, trusted, visit } from "./send.fixture";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

/** What is remembered of one request to it. */
async function factsOf(receiver: Parameters<typeof visit>[0], timeoutMs?: number): Promise<PeerFacts> {
  const { peer } = await visit(receiver, ({ post }) => post(), timeoutMs);
  return peer.facts ?? expect.fail("Nothing was worth knowing.");
}

const greet = (tls: object) => factsOf({ tls, onConnection: (socket) => socket.resume() });

describe("of a certificate that is refused", () => {
  test("its issuer, its names and each date of the chain are remembered", async () => {
    const { chain = [], reason } = await greet(await authority.issue(expired()));
    expect(reason).toBe("certificate has expired");
    expect(chain).toMatchObject([
      { subject: "CN=localhost", issuer: "CN=Fanfare Test CA", isOutOfDate: "expired" },
      { subject: "CN=Fanfare Test CA" },
    ]);
    expect(chain[0]?.names).toContain("DNS:localhost");
    expect(chain[0]?.names).toContain("IP:127.0.0.1");
    expect(chain[1]).not.toHaveProperty("isOutOfDate");
  });

  test.each([
    ["another host's", () => authority.issue(wrongHost()), "DNS:other.example"],
    ["one that is its own issuer", () => createSelfSigned(), "DNS:localhost"],
  ])("so is %s", async (_, issue, name) => {
    expect((await greet(await issue())).chain?.[0]?.names).toContain(name);
  });
});

describe("of a handshake that is refused", () => {
  const demanding = { ...trusted, requestCert: true, ca: authority.ca };

  test("the alert is remembered, and whether a certificate had been shown before it", async () => {
    const facts = await greet({ ...demanding, maxVersion: "TLSv1.2" });
    expect(facts).toMatchObject({ alert: 40, reason: "sslv3 alert handshake failure" });
    expect(facts.chain?.[0]?.subject).toBe("CN=localhost");
    const noCipher = { ...trusted, maxVersion: "TLSv1.2", ciphers: "ECDHE-RSA-AES128-GCM-SHA256" };
    const refused = await greet(noCipher);
    expect(refused).toMatchObject({ alert: 40 });
    expect(refused).not.toHaveProperty("chain");
  });

  test("and in TLS 1.3, where our side was through with it", async () => {
    expect(await greet({ ...demanding, minVersion: "TLSv1.3" })).toMatchObject({
      alert: 116,
      afterHandshake: true,
    });
  });
});

describe("of what takes the connection and speaks no TLS", () => {
  test.each([
    ["greets", (socket: Socket) => socket.write("220 mail.example ESMTP Postfix\r\n")],
    [
      "answers",
      (socket: Socket) => socket.once("data", () => socket.end("220 mail.example ESMTP Postfix\r\n")),
    ],
  ])("the first bytes are remembered, when it %s", async (_, onConnection) => {
    expect(await factsOf({ onConnection })).toMatchObject({
      firstBytes: base64("220 mail.example ESMTP Postfix\r\n"),
    });
  });

  test.each([
    ["closes at once", (socket: Socket) => socket.end(), "closed"],
    ["closes what it was sent", (socket: Socket) => socket.once("data", () => socket.end()), "open"],
  ])("it is remembered whether it waits to be spoken to, when it %s", async (_, onConnection, unasked) => {
    expect(await factsOf({ onConnection })).toMatchObject({ isSilent: true, unasked });
  });

  test("so are the bytes that come once a line of the PROXY protocol was said", async () => {
    const onConnection = (socket: Socket) =>
      socket.once("data", (bytes) => (bytes[0] === 0x50 ? socket.end("\x16\x03\x03") : socket.end()));
    expect(await factsOf({ onConnection })).toMatchObject({ toProxyLine: base64("\x16\x03\x03") });
  });

  test("a reset is told from an end", async () => {
    const onConnection = (socket: Socket) => socket.once("data", () => socket.resetAndDestroy());
    expect(await factsOf({ onConnection })).toMatchObject({ ended: "reset" });
  });

  test("nothing more is looked at when the time is over", async () => {
    expect(await factsOf({ onConnection: (socket) => socket.resume() }, hastyMs)).toEqual({ isSilent: true });
  });
});

describe("of a connection that is lost after its handshake", () => {
  test("how it ended is remembered, and that HTTP had been agreed on", async () => {
    const tls = { ...trusted, ALPNProtocols: ["http/1.1"] };
    const onConnection = (socket: Socket) => onRequest(socket, () => socket.end());
    expect(await factsOf({ tls, onConnection })).toEqual({
      afterHandshake: true,
      ended: "closed",
      isSilent: true,
      choseHttp: true,
    });
  });

  test("and what it answers when HTTP/2 is begun, where HTTP/1.1 had not been agreed on", async () => {
    const settings = "\0\0\0\x04\0\0\0\0\0";
    const onConnection = (socket: Socket) =>
      socket.once("data", (bytes) => socket.end(bytes.toString().startsWith("PRI *") ? settings : ""));
    expect(await factsOf({ tls: trusted, onConnection })).toMatchObject({ toHttp2: base64(settings) });
  });

  test("and the first bytes of what is no answer", async () => {
    const { peer } = await postToAnswer("\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x80");
    expect(peer.facts).toEqual({ firstBytes: base64("\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x80") });
  });

  test("or of one that is never complete", async () => {
    const { peer } = await postTo((socket) => socket.write("HTTP/1.1 102 Processing\r\n\r\n"), hastyMs);
    expect(peer.facts).toEqual({ firstBytes: base64("HTTP/1.1 102 Processing\r\n\r\n") });
  });
});

describe("a receiver that ends kept connections sooner than others do", () => {
  const closing = (answer: (socket: Socket, request: number) => void) => ({
    tls: trusted,
    onConnection(socket: Socket) {
      let request = 0;
      onRequest(socket, () => answer(socket, ++request));
    },
  });

  test("had the request twice, which is remembered, and then gets a connection for each", async () => {
    const receiver = closing((socket, request) => (request === 1 ? socket.write(ok) : socket.destroy()));
    const seen = await visit(receiver, async ({ post, server }) => {
      const outcomes = [await post(), await post(), await post()];
      return { facts: outcomes.map(({ peer }) => peer.facts), connections: server.connectionCount() };
    });
    expect(seen).toEqual({
      facts: [undefined, { resent: true, idleMs: expect.any(Number) }, undefined],
      connections: 3,
    });
  });

  test("is not sent on a connection that has been kept for longer than it keeps them", async () => {
    const receiver = closing((socket, request) => {
      socket.write(ok);
      if (request === 1) setTimeout(() => socket.destroy(), 300);
    });
    await visit(receiver, async ({ post, server }) => {
      await post();
      await server.waitForNoConnection();
      await post();
      expect(await post()).toMatchObject({ peer: { reused: true } });
    });
  });

  test("while one that keeps them has them used again", async () => {
    await visit(
      closing((socket) => socket.write(ok)),
      async ({ post }) => {
        await post();
        expect(await post()).toMatchObject({ kind: "response", peer: { reused: true } });
      },
    );
  });
});

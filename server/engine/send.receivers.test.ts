import { mkdtemp, rm } from "node:fs/promises";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import {
  type Certificate,
  createAuthority,
  createSelfSigned,
  expired,
  openAuthority,
  wrongHost,
} from "@/e2e/kit/certificates";
import { onRequest, type RawServer, startRawServer } from "@/e2e/kit/raw-server";
import { canStall, startStalledServer } from "@/e2e/kit/stalled-server";
import { parseCidr } from "@/server/domain/address";
import { createSender, type Sender } from "./send";

/** Every row of the receivers that a sender must survive, each with a real socket. */

const authority = openAuthority(inject("authority"));
const allow = ["127.0.0.0/8", "::1/128", "224.0.0.0/4"].flatMap((text) => parseCidr(text) ?? []);
const timeoutMs = 300;
const mebibyte = "x".repeat(1024 * 1024);

let certificate: Certificate;
let sender: Sender;
let server: RawServer | undefined;

beforeAll(async () => {
  certificate = await authority.issue();
});
beforeEach(() => {
  sender = createSender({ timeoutMs, allow });
});
afterEach(async () => {
  await sender.close();
  // Whatever happened, our side has let go of its sockets.
  await server?.waitForNoConnection();
  await server?.close();
  server = undefined;
});

const post = (port: number, body = "{}") =>
  sender.send({ pool: "w1", url: `https://localhost:${port}/`, headers: {}, body });

/** Sends to a TLS server that does as told, once per connection or once per request. */
async function postTo(
  receiver: { connect?: (socket: Socket) => void; answer?: (socket: Socket) => void },
  body?: string,
) {
  server = await startRawServer({
    tls: certificate,
    onConnection(socket) {
      receiver.connect?.(socket);
      if (receiver.answer) onRequest(socket, () => receiver.answer?.(socket));
    },
  });
  return post(server.port, body);
}

const postToAnswer = (bytes: string | Buffer) => postTo({ answer: (socket) => socket.end(bytes) });

/** Writes again and again until the other side is gone. */
function writeForever(socket: Socket, bytes: string, pauseMs?: number) {
  const write = () => {
    if (socket.destroyed) return;
    if (pauseMs !== undefined) setTimeout(write, pauseMs);
    else if (socket.writableNeedDrain) socket.once("drain", write);
    else setImmediate(write);
    socket.write(bytes);
  };
  write();
}

function drip(socket: Socket, bytes: string) {
  let at = 0;
  const writeNext = () => {
    if (socket.destroyed || at >= bytes.length) return;
    socket.write(bytes[at++] ?? "");
    setTimeout(writeNext, 10);
  };
  writeNext();
}

const failure = (code: string, words: string | RegExp) => ({
  kind: "error",
  error: { code, message: expect.stringMatching(words) },
});
const response = (status: number, truncated: boolean) => ({
  kind: "response",
  status,
  response: { truncated },
});

describe("a receiver that takes too long", () => {
  test("silent after the request", async () => {
    expect(await postTo({ answer() {} })).toMatchObject(
      failure("response_timeout", "did not answer within 300 ms"),
    );
  });

  test("headers that drip", async () => {
    const answer = (socket: Socket) => drip(socket, `HTTP/1.1 200 OK\r\nX-Drip: ${mebibyte}`);
    expect(await postTo({ answer })).toMatchObject(failure("response_timeout", "headers were not complete"));
  });

  test("a byte now and then before the headers", async () => {
    const answer = (socket: Socket) => drip(socket, "\r\n".repeat(1000));
    expect(await postTo({ answer })).toMatchObject(failure("response_timeout", "headers were not complete"));
  });

  test("a 200 after the deadline", async () => {
    const answer = (socket: Socket) =>
      setTimeout(() => socket.end("HTTP/1.1 200 OK\r\n\r\n"), timeoutMs + 100);
    expect(await postTo({ answer })).toMatchObject(failure("response_timeout", "did not answer"));
  });

  test("never reads the request", async () => {
    const connect = (socket: Socket) => socket.pause();
    expect(await postTo({ connect }, mebibyte.repeat(8))).toMatchObject(
      failure("response_timeout", "did not answer"),
    );
  });

  test.runIf(canStall)("a connection that never comes about", async () => {
    const stalled = await startStalledServer({ host: "127.0.0.1" });
    expect(await post(stalled.port)).toMatchObject(
      failure("connect_timeout", `No connection to 127.0.0.1:${stalled.port} within 300 ms`),
    );
    await stalled.close();
  });

  test("a TLS handshake that stalls", async () => {
    server = await startRawServer({ onConnection() {} });
    expect(await post(server.port)).toMatchObject(failure("tls_timeout", "did not finish the TLS handshake"));
  });
});

describe("a receiver that is not there or goes away", () => {
  test("refuses", async () => {
    const closed = await startRawServer({ onConnection() {} });
    await closed.close();
    expect(await post(closed.port)).toMatchObject(
      failure("connect_refused", `^Nothing listens on 127.0.0.1:${closed.port}\\.$`),
    );
  });

  test("unreachable", async () => {
    const outcome = await sender.send({ pool: "w1", url: "https://224.0.0.1/", headers: {}, body: "" });
    expect(outcome).toMatchObject(failure("connect_refused", "224.0.0.1:443 cannot be reached"));
  });

  test("closes before the TLS handshake", async () => {
    server = await startRawServer({ onConnection: (socket) => socket.end() });
    expect(await post(server.port)).toMatchObject(failure("connect_reset", "during the TLS handshake"));
  });

  test("resets before the TLS handshake", async () => {
    server = await startRawServer({ onConnection: (socket) => socket.resetAndDestroy() });
    expect(await post(server.port)).toMatchObject(failure("connect_reset", "TLS handshake|as it was opened"));
  });

  test("closes instead of an answer", async () => {
    expect(await postToAnswer("")).toMatchObject(failure("connect_reset", "without an answer"));
  });

  test("closes as soon as it is connected", async () => {
    expect(await postTo({ connect: (socket) => socket.destroy() })).toMatchObject(
      failure("connect_reset", "closed"),
    );
  });

  test("closes in the middle of the headers", async () => {
    expect(await postToAnswer("HTTP/1.1 200 OK\r\nContent-Le")).toMatchObject(
      failure("connect_reset", "in the middle of its answer's headers"),
    );
  });
});

describe("a receiver that does not speak HTTP/1.1", () => {
  test.each([
    ["garbage", "\u0016\u0003\u0001 nonsense \r\n\r\n"],
    ["HTTP/0.9", "<html>hello</html>"],
    ["HTTP/2 frames", Buffer.from("000012040000000000000300000064000400100000000600004000", "hex")],
    ["the HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["a request", "POST / HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["a status of letters", "HTTP/1.1 abc OK\r\n\r\n"],
    ["a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n"],
    ["a status below 100", "HTTP/1.1 042 OK\r\n\r\n"],
    ["no status", "HTTP/1.1\r\n\r\n"],
    ["HTTP/3 in the status line", "HTTP/3.0 200 OK\r\n\r\n"],
    [
      "both Transfer-Encoding and Content-Length",
      answerWith("Transfer-Encoding: chunked", "Content-Length: 2"),
    ],
    ["a length of letters", answerWith("Content-Length: two")],
    ["a negative length", answerWith("Content-Length: -2")],
    ["two lengths", answerWith("Content-Length: 2", "Content-Length: 3")],
    ["a length too large to count", answerWith("Content-Length: 99999999999999999999")],
    ["bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 0\n\n"],
    ["a NUL in a header", answerWith("X-Nul: a\u0000b")],
    ["a space before the colon", answerWith("X-Space : a")],
    ["a header without a colon", answerWith("nonsense")],
    [
      "a change of protocol nobody asked for",
      "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    ],
  ])("%s", async (_name, bytes) => {
    expect(await postToAnswer(bytes)).toMatchObject(
      failure("protocol_error", "not valid HTTP/1.1|does not have"),
    );
  });
});

function answerWith(...headers: string[]): string {
  return `HTTP/1.1 200 OK\r\n${headers.map((header) => `${header}\r\n`).join("")}\r\nok`;
}

describe("a receiver that floods the head of its answer", () => {
  test.each([
    ["an endless status line", `HTTP/1.1 200 ${mebibyte}`, "x"],
    ["a header of 1 MiB", `HTTP/1.1 200 OK\r\nX-Long: ${mebibyte}`, "x"],
    ["5,000 headers", `HTTP/1.1 200 OK\r\n${"a:\r\n".repeat(5000)}\r\n`, ""],
    ["endless headers", "HTTP/1.1 200 OK\r\n", "X-More: yes\r\n"],
    ["an endless name of a header", "HTTP/1.1 200 OK\r\n", "x"],
    ["endless 100 Continue", "", "HTTP/1.1 100 Continue\r\n\r\n"],
    ["endless 103 Early Hints", "", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"],
    ["endless empty lines", "", "\r\n"],
  ])("%s", async (_name, first, more) => {
    const answer = (socket: Socket) => {
      socket.write(first);
      if (more) writeForever(socket, more.repeat(100));
    };
    expect(await postTo({ answer })).toMatchObject(failure("header_overflow", "headers"));
  });
});

describe("a receiver whose body misbehaves is judged by its status alone", () => {
  test.each([200, 500])("%i with an endless body: 16 KiB are kept", async (status) => {
    const answer = (socket: Socket) => {
      socket.write(`HTTP/1.1 ${status} X\r\n\r\n`);
      writeForever(socket, "y".repeat(1000));
    };
    const outcome = await postTo({ answer });
    expect(outcome).toMatchObject(response(status, true));
    expect(outcome.kind === "response" && Buffer.from(outcome.response.body).toString()).toBe(
      "y".repeat(16_384),
    );
  });

  test.each([200, 503])("%i with a body that drips past the deadline", async (status) => {
    const answer = (socket: Socket) => {
      socket.write(`HTTP/1.1 ${status} X\r\n\r\n`);
      drip(socket, mebibyte);
    };
    const outcome = await postTo({ answer });
    expect(outcome).toMatchObject(response(status, true));
    expect(outcome.kind === "response" && outcome.response.body.length).toBeGreaterThan(0);
  });

  test("a body that ends early", async () => {
    expect(await postToAnswer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello")).toMatchObject(
      response(200, true),
    );
  });

  test("a body whose connection is reset", async () => {
    const answer = (socket: Socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", () => socket.destroy());
    };
    expect(await postTo({ answer })).toMatchObject(response(200, true));
  });

  test.each([
    ["a bad chunk", "5\r\nhello\r\nzz\r\n"],
    ["a chunk that is longer than it says", "2\r\nhello\r\n0\r\n\r\n"],
    ["a chunk of an impossible size", "ffffffffffffffffffff\r\nhello"],
    ["a body that ends before the last chunk", "5\r\nhello\r\n"],
    ["a trailer of 1 MiB", `5\r\nhello\r\n0\r\nX-Trailer: ${mebibyte}\r\n\r\n`],
    ["100,000 trailers", `5\r\nhello\r\n0\r\n${"a: b\r\n".repeat(100_000)}\r\n`],
    ["a chunk extension of 1 MiB", `5;${mebibyte}\r\nhello\r\n0\r\n\r\n`],
  ])("%s", async (_name, body) => {
    const outcome = await postToAnswer(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${body}`);
    expect(outcome).toMatchObject(response(200, true));
  });

  test("endless chunks of one byte", async () => {
    const answer = (socket: Socket) => {
      socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      writeForever(socket, "1\r\ny\r\n".repeat(1000));
    };
    expect(await postTo({ answer })).toMatchObject(response(200, true));
  });

  test("a gzip bomb stays as small as it came", async () => {
    const bomb = gzipSync(Buffer.alloc(16 * 1024 * 1024));
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`;
    const outcome = await postToAnswer(Buffer.concat([Buffer.from(head), bomb]));
    expect(outcome).toMatchObject(response(200, bomb.length > 16_384));
    expect(outcome.kind === "response" && Buffer.from(outcome.response.body)).toEqual(
      bomb.subarray(0, 16_384),
    );
  });

  test("a 204 with a body has none", async () => {
    const outcome = await postToAnswer("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello");
    expect(outcome).toMatchObject(response(204, true));
    expect(outcome.kind === "response" && outcome.response.body.length).toBe(0);
  });

  test("10 MB of JSON on one line, scripts, colours and cookies are bytes like any other", async () => {
    const hostile = `{"a":"<script>alert(1)</script>\u001b[31m\u0000${"z".repeat(10_000_000)}"}`;
    const outcome = await postToAnswer(`HTTP/1.1 200 OK\r\nSet-Cookie: a=<b>\r\n\r\n${hostile}`);
    expect(outcome).toMatchObject({
      ...response(200, true),
      response: { headers: { "set-cookie": "a=<b>" } },
    });
    expect(outcome.kind === "response" && Buffer.from(outcome.response.body).toString()).toBe(
      hostile.slice(0, 16_384),
    );
  });
});

describe("the headers that are kept", () => {
  const headersOf = async (...lines: string[]) => {
    const outcome = await postToAnswer(`HTTP/1.1 200 OK\r\n${lines.join("\r\n")}\r\n\r\n`);
    return outcome.kind === "response" ? outcome.response.headers : expect.fail(outcome.error.message);
  };

  test("are the first 64", async () => {
    const headers = await headersOf(...Array.from({ length: 200 }, (_, i) => `X-${i}: v`));
    expect(Object.keys(headers)).toEqual(Array.from({ length: 64 }, (_, i) => `x-${i}`));
  });

  test("count each value of a repeated one", async () => {
    const headers = await headersOf(...Array.from({ length: 200 }, (_, i) => `X-Same: ${i}`));
    expect(headers["x-same"]).toEqual(Array.from({ length: 64 }, (_, i) => String(i)));
  });

  test("are at most 16 KiB", async () => {
    const headers = await headersOf("X-A: 1", `X-Long: ${"v".repeat(17_000)}`, "X-B: 2");
    expect(headers).toEqual({ "x-a": "1" });
  });

  test("may be named like parts of an object", async () => {
    const headers = await headersOf("__proto__: a", "constructor: b", "hasOwnProperty: c", "__proto__: d");
    expect(JSON.stringify(headers)).toBe('{"__proto__":["a","d"],"constructor":"b","hasownproperty":"c"}');
    expect(Object.getPrototypeOf(headers)).toBe(Object.prototype);
  });
});

describe("an interim answer is skipped", () => {
  test.each([
    ["100", "HTTP/1.1 100 Continue\r\n\r\n"],
    ["100 with headers", "HTTP/1.1 100 Continue\r\nX-A: b\r\n\r\n"],
    ["100 twice", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100\r\n\r\n"],
    ["102", "HTTP/1.1 102 Processing\r\n\r\n"],
    ["103", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"],
  ])("%s", async (_name, interim) => {
    const outcome = await postToAnswer(`${interim}HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok`);
    expect(outcome).toMatchObject(response(201, false));
    expect(outcome.kind === "response" && outcome.response.headers).toEqual({ "content-length": "2" });
  });

  test("100 that comes in single bytes", async () => {
    const answer = (socket: Socket) => {
      socket.setNoDelay(true);
      const bytes = [..."HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"];
      const writeNext = () => {
        const byte = bytes.shift();
        if (byte !== undefined) socket.write(byte, () => setImmediate(writeNext));
      };
      writeNext();
    };
    expect(await postTo({ answer })).toMatchObject(response(200, false));
  });
});

describe("a certificate or TLS that cannot be trusted", () => {
  test.each([
    ["expired", () => authority.issue(expired()), /^The certificate expired on \d{4}-\d\d-\d\d\./],
    [
      "not valid yet",
      () => authority.issue({ notBefore: new Date(Date.now() + 86_400_000) }),
      "only becomes valid on 20",
    ],
    ["for another host", () => authority.issue(wrongHost()), "not for localhost, but for other.example"],
    ["self-signed", () => createSelfSigned(), "self-signed"],
  ])("a certificate that is %s", async (_name, issue, words) => {
    server = await startRawServer({ tls: await issue(), onConnection: (socket) => socket.resume() });
    expect(await post(server.port)).toMatchObject(failure("tls_error", words));
  });

  test("a certificate of an authority that nobody knows", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fanfare-ca-"));
    const stranger = await createAuthority(folder, "Somebody");
    await rm(folder, { recursive: true });
    server = await startRawServer({ tls: await stranger.issue(), onConnection: (socket) => socket.resume() });
    expect(await post(server.port)).toMatchObject(
      failure("tls_error", "issuer is unknown|private certificate authority"),
    );
  });

  test.each(["TLSv1", "TLSv1.1"] as const)("%s only", async (version) => {
    const tls = { ...certificate, minVersion: version, maxVersion: version, ciphers: "DEFAULT@SECLEVEL=0" };
    server = await startRawServer({ tls, onConnection: (socket) => socket.resume() });
    expect(await post(server.port)).toMatchObject(failure("tls_error", "outdated TLS versions"));
  });

  test.each(["TLSv1.2", "TLSv1.3"] as const)("a client certificate demanded over %s", async (version) => {
    const tls = {
      ...certificate,
      requestCert: true,
      ca: authority.ca,
      minVersion: version,
      maxVersion: version,
    };
    server = await startRawServer({ tls, onConnection: (socket) => socket.resume() });
    expect(await post(server.port)).toMatchObject(failure("tls_error", "client certificate"));
  });

  test("HTTP/2 only", async () => {
    const tls = { ...certificate, ALPNProtocols: ["h2"] };
    server = await startRawServer({ tls, onConnection: (socket) => socket.resume() });
    expect(await post(server.port)).toMatchObject(failure("tls_error", "HTTP/1.1"));
  });

  test("plain HTTP on the port", async () => {
    const refuse = (socket: Socket) =>
      socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    server = await startRawServer({ onConnection: refuse });
    expect(await post(server.port)).toMatchObject(failure("tls_error", "does not speak TLS"));
  });
});

describe("an answer before the upload ended", () => {
  test("counts", async () => {
    const connect = (socket: Socket) => {
      socket.once("data", () => {
        socket.pause();
        socket.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
      });
    };
    expect(await postTo({ connect }, mebibyte.repeat(8))).toMatchObject(response(413, false));
  });

  test("counts although the connection closes at once", async () => {
    const connect = (socket: Socket) => {
      socket.once("data", () =>
        socket.end("HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
      );
    };
    expect(await postTo({ connect }, mebibyte)).toMatchObject(response(401, false));
  });
});

describe("a kept connection that dies as it is used again", () => {
  const ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  /** Answers the first request of the first connection; then does as told. */
  const startFickle = async (then: (socket: Socket) => void) => {
    let connections = 0;
    server = await startRawServer({
      tls: certificate,
      onConnection(socket) {
        const isFirst = connections++ === 0;
        let requests = 0;
        onRequest(socket, () => (isFirst && requests++ > 0 ? then(socket) : socket.write(ok)));
      },
    });
    return server;
  };

  test("before one byte of an answer: sent once more, within the same attempt", async () => {
    const fickle = await startFickle((socket) => socket.destroy());
    await post(fickle.port);
    expect(await post(fickle.port)).toMatchObject({ ...response(200, false), peer: { reused: false } });
    expect(fickle.connectionCount()).toBe(2);
  });

  test("after the first byte of an answer: not sent again", async () => {
    const fickle = await startFickle((socket) => socket.end("H"));
    await post(fickle.port);
    expect(await post(fickle.port)).toMatchObject(failure("connect_reset", "in the middle"));
    expect(fickle.connectionCount()).toBe(1);
  });

  test("silent until the deadline: not sent again", async () => {
    const fickle = await startFickle(() => {});
    await post(fickle.port);
    expect(await post(fickle.port)).toMatchObject(failure("response_timeout", "did not answer"));
    expect(fickle.connectionCount()).toBe(1);
  });

  test("a new connection that dies too is not tried a third time", async () => {
    server = await startRawServer({
      tls: certificate,
      onConnection(socket) {
        const isFirst = server?.connectionCount() === 1;
        let requests = 0;
        onRequest(socket, () => (isFirst && requests++ === 0 ? socket.write(ok) : socket.destroy()));
      },
    });
    await post(server.port);
    expect(await post(server.port)).toMatchObject(failure("connect_reset", "without an answer"));
    expect(server.connectionCount()).toBe(2);
  });

  test("closed while idle: a new one is used", async () => {
    server = await startRawServer({
      tls: certificate,
      onConnection: (socket) => onRequest(socket, () => socket.end(ok)),
    });
    await post(server.port);
    await server.waitForNoConnection();
    expect(await post(server.port)).toMatchObject({ ...response(200, false), peer: { reused: false } });
  });
});

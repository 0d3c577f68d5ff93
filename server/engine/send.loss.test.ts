import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { onRequest, startRawServer } from "@/testing/raw-server";
import { createSender } from "./send";
import { allow, failure, mebibyte, postToAnswer, response, trusted, visit } from "./send.fixture";

const visitOnce = (onConnection: (socket: Socket) => void, tls?: typeof trusted) =>
  visit({ tls, onConnection }, ({ post }) => post());

describe("a receiver that is not there or goes away", () => {
  test("refuses, or cannot be reached", async () => {
    const sender = createSender({ timeoutMs: 30_000, allow });
    const post = (url: string) => sender.send({ pool: "w1", url, headers: {}, body: "" });
    const { port, close } = await startRawServer({ onConnection() {} });
    await close();
    expect(await post(`https://localhost:${port}/`)).toMatchObject(
      failure("connect_refused", `^(127.0.0.1|\\[::1\\]):${port} refused`),
    );
    expect(await post("https://224.0.0.1/")).toMatchObject(
      failure("connect_refused", "224.0.0.1:443 cannot be reached"),
    );
    await sender.close();
  });

  test("closes before the TLS handshake", async () => {
    const outcome = await visitOnce((socket) => socket.end());
    expect(outcome).toMatchObject(failure("connect_reset", "during the TLS handshake"));
  });

  test("resets before the TLS handshake", async () => {
    const outcome = await visitOnce((socket) => socket.resetAndDestroy());
    expect(outcome).toMatchObject(failure("connect_reset", "during the TLS handshake|as it was opened"));
  });

  test("closes as soon as it is connected", async () => {
    const outcome = await visitOnce((socket) => socket.destroy(), trusted);
    expect(outcome).toMatchObject(failure("connect_reset", "closed the connection"));
  });

  test("closes instead of an answer", async () => {
    expect(await postToAnswer("")).toMatchObject(failure("connect_reset", "without an answer"));
  });

  test("closes in the middle of the headers", async () => {
    expect(await postToAnswer("HTTP/1.1 200 OK\r\nContent-Le")).toMatchObject(
      failure("connect_reset", "in the middle of its answer's headers"),
    );
  });
});

describe("an answer before the upload ended", () => {
  const upload = (onFirstBytes: (socket: Socket) => void) =>
    visit(
      { tls: trusted, onConnection: (socket) => socket.once("data", () => onFirstBytes(socket)) },
      ({ post }) => post(mebibyte.repeat(8)),
    );

  test("counts", async () => {
    const outcome = await upload((socket) => {
      socket.pause();
      socket.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
    });
    expect(outcome).toMatchObject(response(413, false));
  });

  test("ends the connection: the next request takes a new one", async () => {
    const outcomes = await visit(
      {
        tls: trusted,
        onConnection: (socket) =>
          socket.once("data", () => {
            socket.pause();
            socket.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
          }),
      },
      async ({ post }) => [await post(mebibyte.repeat(8)), await post()],
    );
    expect(outcomes[1]).toMatchObject({ ...response(413, false), peer: { reused: false } });
  });

  test("counts although the connection closes behind it", async () => {
    const outcome = await upload((socket) => {
      socket.resume();
      socket.end("HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    });
    expect(outcome).toMatchObject(response(401, false));
  });
});

const answerOf = (status: number, header = "X-A: b") =>
  `HTTP/1.1 ${status} X\r\nContent-Length: 0\r\n${header}\r\n\r\n`;

describe("a kept connection", () => {
  /** Answers each request as told by the number of its connection and its own number on it, both from 1. */
  const visitTwice = (answer: (socket: Socket, connection: number, request: number) => void) =>
    visit(
      {
        tls: { ...trusted, ALPNProtocols: ["http/1.1"] },
        onConnection(socket, server) {
          const connection = server.connectionCount();
          let request = 0;
          onRequest(socket, () => answer(socket, connection, ++request));
        },
      },
      async ({ post, server }) => [await post(), await post(), server.connectionCount()] as const,
    );

  test("that dies as it is used again, before one byte: sent once more, within the same attempt", async () => {
    const [, second, connections] = await visitTwice((socket, _, request) =>
      request === 1 ? socket.write(answerOf(200)) : socket.destroy(),
    );
    expect(second).toMatchObject({ ...response(200, false), peer: { reused: false } });
    expect(connections).toBe(2);
  });

  test("that dies after the first byte of an answer: not sent again", async () => {
    const [, second, connections] = await visitTwice((socket, _, request) =>
      request === 1 ? socket.write(answerOf(200)) : socket.end("H"),
    );
    expect(second).toMatchObject(failure("connect_reset", "in the middle"));
    expect(connections).toBe(1);
  });

  test("whose successor dies too: not sent a third time", async () => {
    const [, second, connections] = await visitTwice((socket, connection, request) =>
      connection === 1 && request === 1 ? socket.write(answerOf(200)) : socket.destroy(),
    );
    expect(second).toMatchObject(failure("connect_reset", "without an answer"));
    expect(connections).toBe(2);
  });

  test("that brings a second answer unasked is not kept: it is nobody's", async () => {
    const [first, second] = await visitTwice((socket, connection) =>
      socket.write(connection === 1 ? answerOf(200) + answerOf(500) : answerOf(201)),
    );
    expect(first).toMatchObject(response(200, false));
    expect(second).toMatchObject({ ...response(201, false), peer: { reused: false } });
  });

  test.each(["Connection: close", "Keep-Alive: timeout=1"])("is not used again after %s", async (header) => {
    const [, second] = await visitTwice((socket) => socket.write(answerOf(200, header)));
    expect(second).toMatchObject({ ...response(200, false), peer: { reused: false } });
  });

  test("is ended a little before the receiver would end it, when nobody uses it", async () => {
    await visit(
      {
        tls: trusted,
        onConnection: (socket) =>
          onRequest(socket, () => socket.write(answerOf(200, "Keep-Alive: timeout=2"))),
      },
      async ({ post, server }) => {
        expect(await post()).toMatchObject(response(200, false));
        await server.waitForNoConnection();
      },
    );
  });

  test("that brings bytes while nobody uses it is ended", async () => {
    await visit(
      {
        tls: trusted,
        onConnection: (socket) =>
          onRequest(socket, () => socket.write(answerOf(200), () => setImmediate(() => socket.write("H")))),
      },
      async ({ post, server }) => {
        expect(await post()).toMatchObject(response(200, false));
        await server.waitForNoConnection();
      },
    );
  });

  test("that was closed while idle is not used again", async () => {
    const [, second] = await visitTwice((socket) => socket.end(answerOf(200)));
    expect(second).toMatchObject({ ...response(200, false), peer: { reused: false } });
  });

  test("is used again after a failure status too, for the endpoint is there", async () => {
    const [, second] = await visitTwice((socket) => socket.write(answerOf(503)));
    expect(second).toMatchObject({ ...response(503, false), peer: { reused: true } });
  });
});

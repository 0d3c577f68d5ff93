import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { onRequest, startRawServer } from "@/testing/raw-server";
import { canStall, startStalledServer } from "@/testing/stalled-server";
import { createSender } from "./send";
import { allow, drip, failure, hastyMs, mebibyte, postTo, response, trusted, visit } from "./send.fixture";

describe.concurrent("a receiver that takes too long", () => {
  test("silent after the request", async () => {
    const outcome = await postTo(() => {}, hastyMs);
    expect(outcome).toMatchObject(failure("response_timeout", "did not answer within 1.5 s"));
  });

  test("headers that drip", async () => {
    const outcome = await postTo((socket) => drip(socket, `HTTP/1.1 200 OK\r\nX-Drip: ${mebibyte}`), hastyMs);
    expect(outcome).toMatchObject(failure("response_timeout", "headers were not complete"));
  });

  test("a byte now and then before the headers", async () => {
    const outcome = await postTo((socket) => drip(socket, "\r\n".repeat(1000)), hastyMs);
    expect(outcome).toMatchObject(failure("response_timeout", "headers were not complete"));
  });

  test("a 200 after the deadline", async () => {
    const answer = (socket: Socket) => setTimeout(() => socket.end("HTTP/1.1 200 OK\r\n\r\n"), hastyMs + 100);
    expect(await postTo(answer, hastyMs)).toMatchObject(failure("response_timeout", "did not answer"));
  });

  test("silent on a kept connection: the request is not sent again", async () => {
    let requests = 0;
    const onConnection = (socket: Socket) =>
      onRequest(
        socket,
        () => requests++ === 0 && socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
      );
    const outcomes = await visit(
      { tls: trusted, onConnection },
      async ({ post }) => [await post(), await post()],
      hastyMs,
    );
    expect(outcomes).toMatchObject([response(200, false), failure("response_timeout", "did not answer")]);
    expect(requests).toBe(2);
  });

  test("never reads the request", async () => {
    const receiver = { tls: trusted, onConnection: (socket: Socket) => socket.pause() };
    const outcome = await visit(receiver, ({ post }) => post(mebibyte.repeat(8)), hastyMs);
    expect(outcome).toMatchObject(failure("response_timeout", "did not answer"));
  });

  test("a TLS handshake that stalls", async () => {
    const outcome = await visit({ onConnection() {} }, ({ post }) => post(), hastyMs);
    expect(outcome).toMatchObject(failure("tls_timeout", "did not finish the TLS handshake within 1.5 s"));
  });

  test.each([
    ["shorter than any request's", hastyMs, 20_000],
    ["no longer than any request's", 20_000, hastyMs],
  ])("a deadline of the request's own, %s", async (_, ownMs, timeoutMs) => {
    const silent = await startRawServer({ onConnection() {} });
    const sender = createSender({ timeoutMs, allow });
    const url = `https://localhost:${silent.port}/`;
    const request = { pool: "w1", url, headers: {}, body: "{}", timeoutMs: ownMs };
    expect(await sender.send(request)).toMatchObject(failure("tls_timeout", "within 1.5 s"));
    await sender.close();
    await silent.close();
  });

  test.runIf(canStall)("a connection that never comes about", async () => {
    const stalled = await startStalledServer({ host: "127.0.0.1" });
    const sender = createSender({ timeoutMs: hastyMs, allow });
    const url = `https://127.0.0.1:${stalled.port}/`;
    expect(await sender.send({ pool: "w1", url, headers: {}, body: "{}" })).toMatchObject(
      failure("connect_timeout", `No connection to 127.0.0.1:${stalled.port} within 1.5 s`),
    );
    await sender.close();
    await stalled.close();
  });
});

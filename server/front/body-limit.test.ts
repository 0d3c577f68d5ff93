import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { call, startFront } from "./front.fixture";

const mebibyte = 1024 * 1024;
const tooLarge = (limit: string) => ({ error: `The body is larger than ${limit}.`, code: "too_large" });

describe("bodies", () => {
  test("one that is too large by its length is refused before it is sent", async () => {
    const { port, seen } = await startFront();
    const length = String(5 * mebibyte + 1);
    const headers = { "content-length": length, expect: "100-continue" };
    const reply = await call(port, { path: "/events", headers, body: (sent) => sent.flushHeaders() });
    expect(reply.status).toBe(413);
    expect(JSON.parse(reply.body)).toEqual(tooLarge("5 MiB"));
    expect(seen).toEqual([]);
  });

  test("a client that has sent all of it can read the refusal", async () => {
    const { port, seen } = await startFront();
    const large = "x".repeat(6 * mebibyte);
    const reply = await call(port, { path: "/events?a=1", body: (sent) => sent.end(large) });
    expect(reply.status).toBe(413);
    expect(seen).toEqual([]);
  });

  test("one for tRPC that is too large is refused as its clients read it", async () => {
    const { port } = await startFront();
    const body = (sent: ClientRequest) => sent.end("x".repeat(6 * mebibyte));
    const reply = await call(port, { path: "/api/trpc/events.publish?batch=1", body });
    expect(reply.status).toBe(413);
    expect(JSON.parse(reply.body)).toEqual({
      error: {
        message: "The body is larger than 5 MiB.",
        code: -32013,
        data: { code: "PAYLOAD_TOO_LARGE", httpStatus: 413 },
      },
    });
  });

  test("only publishing takes more than 256 KiB", async () => {
    const { port, seen } = await startFront();
    const body = (sent: ClientRequest) => sent.end("x".repeat(mebibyte));
    expect((await call(port, { path: "/events", body })).status).toBe(200);
    expect((await call(port, { path: "/api/trpc/events.publish", body })).status).toBe(200);
    const refused = await call(port, { path: "/webhooks", body });
    expect(refused.status).toBe(413);
    expect(JSON.parse(refused.body)).toEqual(tooLarge("256 KiB"));
    expect(seen.map((request) => request.body.length)).toEqual([mebibyte, mebibyte]);
  });

  test("one without a length is handed on as it comes", async () => {
    const { port } = await startFront({
      handle: async (request, response) => {
        response.write(`${request.headers["transfer-encoding"]} `);
        request.pipe(response);
      },
    });
    const sent = request({ port, method: "POST", headers: { "transfer-encoding": "chunked" } });
    sent.write("one, ");
    const [reply] = (await once(sent, "response")) as [IncomingMessage];
    sent.end("two");
    expect(await text(reply)).toBe("chunked one, two");
  });

  test("a client that waits to be asked for the body is asked", async () => {
    const { port, seen } = await startFront();
    const headers = { "content-length": "4", expect: "100-continue" };
    const body = (sent: ClientRequest) => {
      sent.flushHeaders();
      sent.once("continue", () => sent.end("body"));
    };
    expect((await call(port, { headers, body })).status).toBe(200);
    expect(seen).toMatchObject([{ body: "body" }]);
  });
});

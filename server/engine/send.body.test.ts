import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { bodyOf, drip, hastyMs, mebibyte, postTo, postToAnswer, pour, response } from "./send.fixture";

describe("a receiver whose body misbehaves is judged by its status alone", () => {
  test.each([200, 500])("%i with an endless body: 16 KiB are kept", async (status) => {
    const outcome = await postTo((socket) => {
      socket.write(`HTTP/1.1 ${status} X\r\n\r\n`);
      pour(socket, "y".repeat(1000));
    });
    expect(outcome).toMatchObject(response(status, true));
    expect(bodyOf(outcome)).toBe("y".repeat(16_384));
  });

  test.concurrent.each([200, 503])("%i with a body that drips past the deadline", async (status) => {
    const outcome = await postTo((socket) => {
      socket.write(`HTTP/1.1 ${status} X\r\n\r\n`);
      drip(socket, mebibyte);
    }, hastyMs);
    expect(outcome).toMatchObject(response(status, true));
    expect(bodyOf(outcome)).toMatch(/^x+$/);
  });

  test("a body that ends early", async () => {
    expect(await postToAnswer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello")).toMatchObject(
      response(200, true),
    );
  });

  test("a body whose connection is reset", async () => {
    const outcome = await postTo((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", () => socket.destroy());
    });
    expect(outcome).toMatchObject(response(200, true));
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
    const outcome = await postTo((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      pour(socket, "1\r\ny\r\n".repeat(1000));
    });
    expect(outcome).toMatchObject(response(200, true));
    expect(bodyOf(outcome)).toBe("y".repeat(16_384));
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
    expect(bodyOf(outcome)).toBe("");
  });

  test("10 MB of JSON on one line, scripts, colours and cookies are bytes like any other", async () => {
    const hostile = `{"a":"<script>alert(1)</script>\u001b[31m\u0000${"z".repeat(10_000_000)}"}`;
    const outcome = await postToAnswer(`HTTP/1.1 200 OK\r\nSet-Cookie: a=<b>\r\n\r\n${hostile}`);
    expect(outcome).toMatchObject({
      ...response(200, true),
      response: { headers: { "set-cookie": "a=<b>" } },
    });
    expect(bodyOf(outcome)).toBe(hostile.slice(0, 16_384));
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

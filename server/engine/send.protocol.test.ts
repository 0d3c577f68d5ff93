import { describe, expect, test } from "vitest";
import { bodyOf, failure, mebibyte, postTo, postToAnswer, pour, response } from "./send.fixture";

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
    ["two lengths in one line", answerWith("Content-Length: 2, 3")],
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

describe("what is wrong with an answer is told as it is", () => {
  test.each([
    [answerWith("Content-Length: 2", "Content-Length: 3"), /more than one Content-Length \(2 and 3\)\.$/],
    [answerWith("Content-Length: 2, 3"), /more than one Content-Length \(2 and 3\)\.$/],
    [answerWith("Content-Length: 2", "Transfer-Encoding: chunked"), /both a Content-Length and a Transfer-/],
    [answerWith("Transfer-Encoding: chunked", "Content-Length: 2"), /both a Content-Length and a Transfer-/],
    [answerWith("Content-Length: 99999999999999999999"), /: its Content-Length is "9{20}"\.$/],
    [
      answerWith("Content-Length: 2", "X-Nul: a\u0000b"),
      /: one of its header lines is "X-Nul: a\\u0000b"\.$/,
    ],
    [answerWith("X-Nul: a\u0000b"), /: one of its header lines is "X-Nul: a\\u0000b"\.$/],
    ["HTTP/1.1 abc OK\r\n\r\n", /: its first line is "HTTP\/1\.1 abc OK"\.$/],
    ["HTTP/1.1 042 OK\r\n\r\n", /: its status is 42, which HTTP does not have\.$/],
    ["<html>", /: it does not begin with HTTP\/1\.$/],
  ])("%j", async (bytes, words) => {
    expect(await postToAnswer(bytes)).toMatchObject(failure("protocol_error", words));
  });
});

describe("one length that is said several times counts once", () => {
  const ok = (...headers: string[]) => `${answerWith(...headers)} and no more`;
  test.each([
    ["in two lines", ok("Content-Length: 2", "X-Between: a", "Content-Length: 2")],
    ["in one line", ok("Content-Length: 2, 2")],
    ["with zeros before it", ok("content-length:02", "CONTENT-LENGTH:  2 ")],
    ["after an interim answer", `HTTP/1.1 103 Early\r\n\r\n${ok("Content-Length: 2", "Content-Length: 2")}`],
  ])("%s", async (_name, bytes) => {
    const outcome = await postToAnswer(bytes);
    expect(outcome).toMatchObject(response(200, false));
    expect(outcome.kind === "response" && outcome.response.headers["content-length"]).toBe("2");
    expect(bodyOf(outcome)).toBe("ok");
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
    const outcome = await postTo((socket) => {
      socket.write(first);
      if (more) pour(socket, more.repeat(100));
    });
    expect(outcome).toMatchObject(failure("header_overflow", "headers"));
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
    const outcome = await postTo((socket) => {
      const bytes = [..."HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"];
      const writeNext = () => {
        const byte = bytes.shift();
        if (byte !== undefined) socket.write(byte, () => setImmediate(writeNext));
      };
      writeNext();
    });
    expect(outcome).toMatchObject(response(200, false));
  });
});

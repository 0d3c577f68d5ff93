import { describe, expect, test } from "vitest";
import { responseLimits } from "@/domain/limits";
import { cutAt } from "./response.fixture";
import { BodyReader } from "./response-body";

function readBody(status: number, told: number | "chunked" | "until closed", text: string) {
  const whole = readIn(status, told, [Buffer.from(text, "latin1")]);
  // Byte by byte, the same is read.
  const singly = readIn(
    status,
    told,
    cutAt(
      text,
      Array.from(text, (_, i) => i),
    ),
  );
  expect([singly.progress, singly.body]).toEqual([whole.progress, whole.body]);
  return whole;
}

function readIn(status: number, told: number | "chunked" | "until closed", pieces: Buffer[]) {
  const reader = new BodyReader({ status, body: told });
  let progress = reader.read(Buffer.alloc(0));
  for (const piece of pieces) if (progress === "more") progress = reader.read(piece);
  return {
    progress,
    body: Buffer.from(reader.take()).toString("latin1"),
    hasMore: reader.hasMore,
    end: reader.end(),
  };
}

test.each([
  [5, "hello", "complete", "hello", false],
  [5, "hello!", "complete", "hello", true],
  [5, "hell", "more", "hell", false],
  [0, "", "complete", "", false],
  ["until closed", "hello", "more", "hello", false],
] as const)("a body of %s in %j", (told, text, progress, body, hasMore) => {
  expect(readBody(200, told, text)).toMatchObject({ progress, body });
  expect(readIn(200, told, [Buffer.from(text)]).hasMore).toBe(hasMore);
});

test("only the end of the connection completes a body that lasts until then", () => {
  expect(readBody(200, "until closed", "hello").end).toBe("complete");
  expect(readBody(200, 9, "hello").end).toBe("cut");
  expect(readBody(200, "chunked", "5\r\nhello\r\n").end).toBe("cut");
});

test("no more is kept than the contract says", () => {
  const { bodyBytes } = responseLimits;
  const text = "x".repeat(bodyBytes);
  expect(readIn(200, bodyBytes, [Buffer.from(text)])).toMatchObject({ progress: "complete", body: text });
  expect(readIn(200, bodyBytes + 1, [Buffer.from(`${text}y`)])).toMatchObject({
    progress: "cut",
    body: text,
  });
});

test.each([204, 304])(
  "a %i has no body, and a length that it tells all the same leaves open what follows",
  (status) => {
    expect(readIn(status, 0, [])).toMatchObject({ progress: "complete", body: "" });
    expect(readIn(status, 5, [])).toMatchObject({ progress: "cut", body: "" });
  },
);

describe("a body in chunks", () => {
  test.each([
    ["0\r\n\r\n", ""],
    ["5\r\nhello\r\n0\r\n\r\n", "hello"],
    ["2\r\nhe\r\n003\r\nllo\r\n000\r\n\r\n", "hello"],
    ["9\r\n\r\n0\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n0\r\n\r\n\r\n"],
    ['5;a=b;c="d"\r\nhello\r\n0;e\r\n\r\n', "hello"],
    ["5\r\nhello\r\n0\r\nX-A: b\r\nX-C:\r\n\r\n", "hello"],
  ])("%j is whole", (text, body) =>
    expect(readBody(200, "chunked", text)).toMatchObject({ progress: "complete", body }),
  );

  test.each([
    ["\r\n", ""],
    ["5", ""],
    ["5\nhello\r\n", ""],
    ["5 \r\nhello\r\n", ""],
    ["-5\r\nhello\r\n", ""],
    ["0x5\r\nhello\r\n", ""],
    ["fffffffffffff\r\nhello", ""],
    ["5;\u0000\r\nhello\r\n", ""],
    ["5\r\nhello\n", "hello"],
    ["5\r\nhello!\r\n", "hello"],
    ["5\r\nhello\r\n0\r\nX-A\r\n\r\n", "hello"],
    ["5\r\nhello\r\n0\r\n\n", "hello"],
  ])("%j is not", (text, body) => {
    const read = readBody(200, "chunked", `${text}\n`);
    expect(read).toMatchObject({ progress: "cut", body });
  });

  test("what comes behind it is seen, and is not of it", () => {
    expect(readIn(200, "chunked", [Buffer.from("1\r\na\r\n0\r\n\r\nH")])).toMatchObject({
      body: "a",
      hasMore: true,
    });
  });
});

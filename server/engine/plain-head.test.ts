import { expect, test } from "vitest";
import { isPlainHead } from "./plain-head";

const isPlain = (text: string) => isPlainHead(Buffer.from(text, "latin1"));
const ok = (...lines: string[]) => `HTTP/1.1 200 OK\r\n${lines.map((line) => `${line}\r\n`).join("")}\r\n`;

test.each([
  ok(),
  ok("Content-Length: 0"),
  ok("content-length: 12", "X-A: b"),
  ok("X-A: b", "CONTENT-LENGTH: 12"),
  ok("Transfer-Encoding: chunked"),
  ok("X-Content-Length: 1", "Content-Length: 2", "X: Content-Length: 3"),
  "HTTP/1.0 500 \r\n\r\n",
  `${ok("Content-Length: 2")}Content-Length: 3\r\n`,
])("%j is plain", (text) => expect(isPlain(text)).toBe(true));

test.each([
  "",
  "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n",
  "HTTP/1.1 200 OK\n\n",
  "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
  "HTTP/1.1 100 Continue\r\n\r\n",
  `HTTP/1.1 103 Early\r\n\r\n${ok("Content-Length: 2")}`,
  "HTTP/1.1 042 OK\r\n\r\n",
  ok("Content-Length: 2", "Content-Length: 2"),
  ok("Content-Length: 2", "content-length: 3"),
  ok("Content-Length: 2", "Transfer-Encoding: chunked"),
  ok("Transfer-Encoding: chunked", "Content-Length: 2"),
  ok("Content-Length: 2, 2"),
  ok("Content-Length: 02"),
  ok("Content-Length:2"),
  ok("Content-Length: 2 "),
  ok("Content-Length : 2"),
  ok("Content-Length: -2"),
  ok(`Content-Length: ${"9".repeat(40)}`),
])("%j is looked at more closely", (text) => expect(isPlain(text)).toBe(false));

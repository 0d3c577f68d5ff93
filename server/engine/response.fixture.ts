import fc from "fast-check";
import type { Progress } from "./kept-body";
import { BodyReader } from "./response-body";
import { HeadReader } from "./response-head";

/** What is read of an answer that arrives in these pieces, after which nothing more comes. */
export function readAnswer(pieces: Buffer[]) {
  const reader = new HeadReader();
  let body: BodyReader | null = null;
  let progress: Progress = "more";
  for (const piece of pieces) {
    if (reader.defect !== null || progress !== "more") break;
    const length = body ? 0 : reader.read(piece);
    if (reader.head) body ??= new BodyReader(reader.head);
    if (body) progress = body.read(piece.subarray(length));
  }
  const { head, defect } = reader;
  if (!head || !body) return { defect };
  const isWhole = (progress === "more" ? body.end() : progress) === "complete";
  return { head, isWhole, body: Buffer.from(body.take()).toString("latin1"), hasMore: body.hasMore };
}

/** A text of Latin-1 as bytes in pieces that end at these places. */
export function cutAt(text: string, cuts: number[]): Buffer[] {
  const bytes = Buffer.from(text, "latin1");
  const ends = [...new Set(cuts.map((cut) => cut % bytes.length))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
}

const lines = (text: string) => text.split("|");
const statusLine = fc.constantFrom(
  ...lines(
    "HTTP/1.1 200 OK|HTTP/1.1 200|HTTP/1.1 200 |HTTP/1.1 204 None|HTTP/1.1 304 Same|HTTP/1.1 999 \u00e9",
  ),
  ...lines("HTTP/1.0 500 No|HTTP/0.9 200 OK|HTTP/2.0 200 OK|HTTP/1.2 200 OK|HTTP/1.1  200 OK|HTTP/1.1 200OK"),
  ...lines(
    "http/1.1 200 OK|HTTP/1.1 20 OK|HTTP/1.1 2000 OK|HTTP/1.1 200\tOK|HTTP/1.1 200 O\rK|HTTP/1.1 200 OK\r",
  ),
);
const headerLine = fc.constantFrom(
  ...lines("Content-Length: 5|Content-Length: 0|content-length:05 |Content-Length: 5x|Content-Length: -5"),
  ...lines("Content-Length:|Content-Length: 0x5|Content-Length: 5 5|Content-Length: 99999999999999999999"),
  ...lines(
    "Transfer-Encoding: chunked|Transfer-Encoding: Chunked |Transfer-Encoding: gzip|Connection: close",
  ),
  ...lines(
    "Transfer-Encoding: gzip, chunked|Transfer-Encoding: xchunked|Connection: keep-alive|X: y|X:\t y ",
  ),
  ...lines(
    "X:|X: y:z|X: \u00e9|X: \u0001|X: \u0000|X: \u007f|X : y| X: y|\tX: y|X|: y|X\u00e9: y|X(: y|X: a\rb",
  ),
);
const bodyPiece = fc.constantFrom(
  ...lines(
    "hello|5\r\nhello\r\n|05\r\nhello\r\n|5;a=b\r\nhello\r\n|5 \r\nhello\r\n|5\r\nhello|0\r\n\r\n|\r\n|0\r\nX: y\r\n\r\n",
  ),
  ...lines("0\r\nX\r\n\r\n|0\r\nX: y\r\n|ffffffffffffffffffff\r\n|g\r\n|-1\r\n|5\nhello\r\n"),
);
const interim = fc.constantFrom("", "", "", "HTTP/1.1 103 Early\r\nX: y\r\n\r\n", "\r\n");
const lineEnd = fc.constantFrom(...Array<string>(30).fill("\r\n"), "\n", "\r");

/** Answers that are nearly valid, or valid: the head, and what comes behind it. */
export const answer = fc.record({
  head: fc
    .tuple(interim, statusLine, fc.array(headerLine, { maxLength: 3 }), lineEnd)
    .map(([before, status, headers, end]) => `${before}${[status, ...headers, ""].join(end)}${end}`),
  body: fc.array(bodyPiece, { maxLength: 4 }).map((pieces) => pieces.join("")),
});

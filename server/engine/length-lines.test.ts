import fc from "fast-check";
import { expect, test } from "vitest";
import { LengthLines } from "./length-lines";

/** What passes when the bytes arrive in these pieces. */
function passThrough(text: string, cuts: number[] = []): string {
  const lines = new LengthLines();
  const places = [...new Set([0, ...cuts.map((cut) => cut % text.length), text.length])].sort(
    (a, b) => a - b,
  );
  const pieces = places.slice(1).map((end, i) => text.slice(places[i], end));
  return pieces.map((piece) => lines.pass(Buffer.from(piece, "latin1")).toString("latin1")).join("");
}

const line = fc.constantFrom(
  "Content-Length: 5",
  "Content-Length: 5, 5",
  "content-length:\t05 ",
  "Content-Type: a",
  "Content-Length-X: 5",
  "X: \u00ff\u0000",
  "c",
);

test("however a head arrives in pieces, one of its equal lengths passes, and all the rest", () => {
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat()), fc.boolean(), (lines, cuts, isAfterInterim) => {
      const interim = isAfterInterim ? "HTTP/1.1 103 Early\r\nContent-Length: 9\r\n\r\n" : "";
      const body = "\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n";
      const isLength = (each: string) => /^content-length:/i.test(each);
      const kept = lines.filter((each, i) => !isLength(each) || lines.findIndex(isLength) === i);
      const write = (some: string[]) =>
        `${interim}HTTP/1.1 200 OK\r\n${some.map((each) => `${each}\r\n`).join("")}\r\n${body}`;
      const expected = write(kept.map((each) => (isLength(each) ? `${each.slice(0, 14)}: 5` : each)));
      expect(passThrough(write(lines), cuts)).toBe(expected);
    }),
    { numRuns: 500 },
  );
});

test.each(["nonsense", "HTTP/1.1 200 OK", "\r\n\r\n", "HTTP/1.1 200 OK\r\nX-Open"])(
  "%j passes at once",
  (text) => expect(passThrough(text)).toBe(text),
);

test("an endless length takes no longer than it is", () => {
  for (const filling of ["0", " ", "0,", "1"]) {
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${filling.repeat(65_536)}x\r\n\r\n`;
    const startedAt = performance.now();
    passThrough(head);
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  }
});

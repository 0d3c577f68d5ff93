import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ResponseGate } from "./response-gate";

/** Everything that comes through the gate when the bytes arrive in these pieces. */
function passThrough(pieces: Buffer[]): { passed: string; gate: ResponseGate } {
  const stream = new Readable({ read() {} });
  const gate = new ResponseGate(stream);
  gate.beginResponse();
  let passed = "";
  for (const piece of pieces) {
    stream.push(piece);
    for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) passed += chunk;
  }
  return { passed, gate };
}

const pieces = (text: string, cuts: number[]) => {
  const places = [...new Set([0, ...cuts.map((cut) => cut % text.length), text.length])].sort(
    (a, b) => a - b,
  );
  return places.slice(1).map((end, i) => Buffer.from(text.slice(places[i], end)));
};

const interim = fc.constantFrom(
  "HTTP/1.1 100 Continue\r\n\r\n",
  "HTTP/1.1 100\r\n\r\n",
  "HTTP/1.1 100 Continue\r\nServer: a\r\nX-Long: bbbbbbbbbbbbbbbb\r\n\r\n",
);
const answer = fc.constantFrom(
  "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
  "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
  "HTTP/1.1 1000 Odd\r\n\r\n",
  "HTTP/1.0 100 Old\r\n\r\n",
  "HTTP/1.2",
  "nonsense",
);

test("however an answer arrives in pieces, all of it passes, and nothing of the 100s before it", () => {
  fc.assert(
    fc.property(fc.array(interim, { maxLength: 4 }), answer, fc.array(fc.nat()), (interims, final, cuts) => {
      const text = interims.join("") + final;
      expect(passThrough(pieces(text, cuts)).passed).toBe(final);
    }),
    { numRuns: 500 },
  );
});

test("lines are counted over all pieces of a head, those that do not pass too, and not after it", () => {
  const text = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n";
  fc.assert(
    fc.property(fc.array(fc.nat()), (cuts) => {
      const { gate } = passThrough(pieces(text, cuts));
      expect(gate.countLines()).toBe(4);
      gate.endHead();
      expect(gate.countLines()).toBe(4);
    }),
  );
});

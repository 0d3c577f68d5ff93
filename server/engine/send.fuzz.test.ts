import type { Socket } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { errorCodes, type Outcome } from "@/domain/delivery/outcome";
import { parseCidr } from "@/domain/network/address";
import { openAuthority } from "@/testing/certificates";
import { onRequest, type RawServer, startRawServer } from "@/testing/raw-server";
import { createSender, type Sender } from "./send";

const authority = openAuthority(inject("authority"));
const allow = ["127.0.0.0/8"].flatMap((text) => parseCidr(text) ?? []);

let answer: Buffer[] = [];
let server: RawServer;
let sender: Sender;

beforeAll(async () => {
  server = await startRawServer({
    tls: await authority.issue(),
    onConnection: (socket) => onRequest(socket, () => writeInTurn(socket, answer)),
  });
  sender = createSender({ timeoutMs: 2_000, allow });
});
afterAll(async () => {
  await sender.close();
  await server.close();
});

function writeInTurn(socket: Socket, pieces: Buffer[]): void {
  const [first, ...rest] = pieces;
  if (!first) socket.end();
  else socket.write(first, () => setImmediate(writeInTurn, socket, rest));
}

/** Pieces of HTTP put together in any order, with some bytes of anything between them. */
const token = fc.constantFrom(
  ..."HTTP/1.1 200 OK\r\n|HTTP/1.1 100 Continue\r\n\r\n|HTTP/1.1 103 Hints\r\n\r\n|HTTP/1.1 101 Up\r\n|HTTP/1.0 500 No\r\n".split(
    "|",
  ),
  ..."HTTP/1.1 204 None\r\n\r\n|HTTP/1.1 304 Same\r\n|Content-Length: 5\r\n|Content-Length: 0\r\n|Content-Length: 99\r\n".split(
    "|",
  ),
  ..."Transfer-Encoding: chunked\r\n|Connection: close\r\n|Connection: upgrade\r\n|Upgrade: h2c\r\n|Keep-Alive: timeout=0\r\n".split(
    "|",
  ),
  ..."\r\n|\r\n\r\n|hello|5\r\nhello\r\n|0\r\n\r\n|0\r\nTrailer: a\r\n\r\n|ffffffff\r\n|\n|: \r\n|X: y\r\n z\r\n".split(
    "|",
  ),
);
const piece = fc.oneof(
  { weight: 6, arbitrary: token.map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)) },
);

const isOfKnownClass = (outcome: Outcome) =>
  outcome.kind === "error"
    ? errorCodes.includes(outcome.error.code)
    : outcome.status >= 200 && outcome.status <= 999;

test("whatever bytes a receiver answers, the attempt ends with a value of the known classes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      answer = pieces;
      const outcome = await sender.send({
        pool: "w1",
        url: `https://localhost:${server.port}/`,
        headers: {},
        body: "{}",
      });
      expect(outcome).toSatisfy(isOfKnownClass);
    }),
    { numRuns: 150 },
  );
});

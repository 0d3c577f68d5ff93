import type { Socket } from "node:net";
import { createServer, type TLSSocket, type TlsOptions } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { onRequest, type RawServer, startRawServer } from "@/testing/raw-server";
import { createSender, type Sender } from "./send";
import { allow, authority, failure, response, trusted } from "./send.fixture";

let server: RawServer;
let sender: Sender;
afterEach(async () => {
  await sender.close();
  await server.close();
});

const answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/** A receiver that keeps no connection, and whether each of its connections resumed a session. */
async function receive(
  tls: TlsOptions,
  onRequestOf: (socket: Socket, connection: number) => void = (socket) => socket.end(answer),
): Promise<boolean[]> {
  const resumed: boolean[] = [];
  server = await startRawServer({
    tls,
    onConnection(socket) {
      const connection = resumed.push((socket as TLSSocket).isSessionReused());
      onRequest(socket, () => onRequestOf(socket, connection));
    },
  });
  return resumed;
}

function startSender(clock = Date.now) {
  sender = createSender({ timeoutMs: 30_000, allow, clock });
  return (pool = "w1", host = "localhost") =>
    sender.send({ pool, url: `https://${host}:${server.port}/`, headers: {}, body: "{}" });
}

describe("a new connection to a receiver that was there before", () => {
  test.each(["TLSv1.2", "TLSv1.3"] as const)("resumes its session over %s", async (version) => {
    const resumed = await receive({ ...trusted, minVersion: version, maxVersion: version });
    const post = startSender();
    const [first, second, third] = [await post(), await post(), await post()];
    expect(resumed).toEqual([false, true, true]);
    expect(first.peer.certificate_expires_at).toMatch(/^20\d\d-/);
    for (const again of [second, third]) {
      expect(again).toMatchObject({ ...response(200, false), peer: first.peer });
      expect(again.timings).toMatchObject({ connect: expect.any(Number), tls: expect.any(Number) });
    }
  });

  test("of another webhook, does not", async () => {
    const resumed = await receive(trusted);
    const post = startSender();
    await post("w1");
    await post("w2");
    expect(resumed).toEqual([false, false]);
  });

  test("by another name is shown the certificate, and refuses it when it is not for that name", async () => {
    const resumed = await receive(await authority.issue({ addresses: [] }));
    const post = startSender();
    expect(await post("w1", "localhost")).toMatchObject(response(200, false));
    expect(await post("w1", "127.0.0.1")).toMatchObject(failure("tls_error", "not for 127.0.0.1"));
    expect(resumed[0]).toBe(false);
  });

  test("whose certificate has ended since, is shown it again", async () => {
    const inAnHour = new Date(Date.now() + 3_600_000);
    const resumed = await receive(await authority.issue({ notAfter: inAnHour }));
    let now = inAnHour.getTime() - 2_000;
    const post = startSender(() => now);
    await post();
    now += 1_000;
    await post();
    now += 1_000;
    await post();
    expect(resumed).toEqual([false, true, false]);
  });

  test("that fails after the handshake, makes the next one a full one", async () => {
    const resumed = await receive({ ...trusted, ALPNProtocols: ["http/1.1"] }, (socket, connection) =>
      connection === 2 ? socket.destroy() : socket.end(answer),
    );
    const post = startSender();
    await post();
    expect(await post()).toMatchObject(failure("connect_reset", "without an answer"));
    expect(await post()).toMatchObject(response(200, false));
    expect(resumed).toEqual([false, true, false]);
  });
});

test("a receiver that breaks off over a session gets a full handshake within the same attempt", async () => {
  const resumed: boolean[] = [];
  let connections = 0;
  const tls = createServer(trusted, (socket) => {
    resumed.push(socket.isSessionReused());
    onRequest(socket, () => socket.end(answer));
  });
  server = await startRawServer({
    onConnection(socket) {
      connections += 1;
      if (connections === 2) socket.once("data", () => socket.destroy());
      else tls.emit("connection", socket);
    },
  });
  const post = startSender();
  for (const _ of ["full", "broken off, then full", "full"]) {
    expect(await post()).toMatchObject(response(200, false));
  }
  expect([connections, resumed]).toEqual([4, [false, false, false]]);
});

import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { parseCidr } from "@/domain/network/address";
import { call, countOpen, head, openWire, startFront } from "./front.fixture";

const loopback = parseCidr("127.0.0.0/8");
const trustedProxies = loopback ? [loopback] : [];
const tooMany = { code: "busy", error: expect.stringMatching(/^Too many connections/) };

/** Connections that are open and ask for nothing. */
async function crowd(port: number, count: number) {
  const wires = Array.from({ length: count }, () => openWire(port));
  await Promise.all(wires.map(({ socket }) => once(socket, "connect")));
  return wires;
}

describe("connections above the limit", () => {
  test.each([
    ["of a network", { perNetwork: 3, spare: 2 }],
    ["of all", { connections: 3, spare: 2 }],
  ])("%s are told to come back, and may ask for the health", async (_, limits) => {
    const { port, seen } = await startFront({ limits });
    const wires = await crowd(port, 3);
    const refused = await call(port, { path: "/events" });
    expect([refused.status, refused.headers["retry-after"]]).toEqual([503, "2"]);
    expect(JSON.parse(refused.body)).toEqual(tooMany);
    expect(refused.headers.connection).toBe("close");
    expect((await call(port, { path: "/healthz" })).status).toBe(200);
    expect(seen).toHaveLength(1);
    for (const { socket } of wires) socket.destroy();
    while ((await call(port, { path: "/events" })).status !== 200);
  });

  test.each([
    ["of a network", { perNetwork: 3, spare: 2 }],
    ["of all", { connections: 3, spare: 2 }],
  ])("%s and above what is spare make room for those that come after them", async (_, limits) => {
    const { port, server } = await startFront({ limits });
    const wires = await crowd(port, 5);
    const health = openWire(port, head("GET", "/healthz"));
    await health.says("200");
    expect(await wires[3]?.closed).toBe("");
    expect(await countOpen(server)).toBeLessThanOrEqual(5);
  });

  test("of a trusted proxy are counted by whom they speak for", async () => {
    const { port } = await startFront({ trustedProxies, limits: { perNetwork: 1 }, handle: async () => {} });
    const from = (client: string) => head("GET", "/", `X-Forwarded-For: ${client}`);
    openWire(port, from("192.0.2.1"));
    const second = openWire(port, from("192.0.2.1"));
    await second.says("503");
    expect(second.received()).toContain("Too many connections");
    const health = openWire(port, from("192.0.2.2"));
    await expect(Promise.race([health.says("503"), second.closed.then(() => "waits")])).resolves.toBe(
      "waits",
    );
  });
});

describe("requests that do not wait for the answer before", () => {
  test("are handled one after the other", async () => {
    const order: string[] = [];
    const { port } = await startFront({
      handle: async ({ url }, response) => {
        order.push(`${url} begins`);
        response.once("close", () => order.push(`${url} is over`));
        setImmediate(() => response.end(`${url} answered`));
      },
    });
    const wire = openWire(port, head("GET", "/1") + head("GET", "/2") + head("GET", "/3"));
    await wire.says("/3 answered");
    expect(order.slice(0, 5)).toEqual(["/1 begins", "/1 is over", "/2 begins", "/2 is over", "/3 begins"]);
  });

  test("end the connection when they are too many", async () => {
    let begun = 0;
    const { port } = await startFront({
      handle: async () => {
        begun += 1;
      },
      limits: { waiting: 4 },
    });
    expect(await openWire(port, head("GET", "/").repeat(1000)).closed).toBe("");
    expect(begun).toBeLessThanOrEqual(1);
  });
});

describe("an answer that its client does not take", () => {
  const large = Buffer.alloc(16 * 1024 * 1024);

  test("ends with the connection after a while", async () => {
    const { port, server } = await startFront({
      handle: async (_, response) => void response.end(large),
      limits: { untakenMs: 40, checkMs: 10 },
    });
    const reader = openWire(port, head("GET", "/"));
    reader.socket.pause();
    const [peer] = await once(server, "connection");
    await once(peer, "close");
    expect(await countOpen(server)).toBe(0);
  });

  test("ends at once when all of them together are too large, the oldest first", async () => {
    const { port, server } = await startFront({
      handle: async (_, response) => void response.end(large),
      limits: { untakenBytes: 1.5 * large.length, checkMs: 10 },
    });
    const open = async () => {
      openWire(port, head("GET", "/")).socket.pause();
      const [peer] = await once(server, "connection");
      while (peer.writableLength === 0) await new Promise(setImmediate);
      return peer;
    };
    const first = await open();
    await new Promise((resolve) => setTimeout(resolve, 30)); // one look at it
    const second = await open();
    await once(first, "close");
    expect(second.destroyed).toBe(false);
  });
});

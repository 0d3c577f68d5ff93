import { describe, expect, test } from "vitest";
import { parseCidr } from "@/domain/network/address";
import { call, type Seen, startFront } from "./front.fixture";

describe("the client's address", () => {
  const forwarded = { "x-forwarded-for": "203.0.113.7, 198.51.100.2", "x-fanfare-client": "192.0.2.9" };
  const addresses = ({ headers }: Seen) => [headers["x-fanfare-client"], headers["x-forwarded-for"]];

  test("is the socket's, whatever the request claims", async () => {
    const { port, seen } = await startFront();
    await call(port, { headers: { ...forwarded, "x-real-ip": "192.0.2.9", forwarded: "for=192.0.2.9" } });
    expect(seen.map(addresses)).toEqual([["127.0.0.1", "127.0.0.1"]]);
    expect(seen[0]?.headers).not.toHaveProperty("x-real-ip");
    expect(seen[0]?.headers).not.toHaveProperty("forwarded");
  });

  test("is what the nearest untrusted hop of trusted proxies is", async () => {
    const trusted = (...ranges: string[]) => ({
      trustedProxies: ranges.flatMap((range) => parseCidr(range) ?? []),
    });
    const near = await startFront(trusted("127.0.0.0/8"));
    await call(near.port, { headers: forwarded });
    expect(near.seen.map(addresses)).toEqual([["198.51.100.2", "198.51.100.2"]]);

    const both = await startFront(trusted("127.0.0.0/8", "198.51.100.0/24"));
    await call(both.port, { headers: forwarded });
    await call(both.port, { headers: { "x-forwarded-for": "203.0.113.7, nonsense" } });
    await call(both.port);
    expect(both.seen.map((request) => addresses(request)[0])).toEqual([
      "203.0.113.7",
      "127.0.0.1",
      "127.0.0.1",
    ]);
  });
});

describe("a sender that names other clients without being trusted to", () => {
  async function heardOf(headers: Record<string, string>, ...ranges: string[]) {
    const heard: string[] = [];
    const trustedProxies = ranges.flatMap((range) => parseCidr(range) ?? []);
    const { port, seen } = await startFront({
      trustedProxies,
      onForwarder: (address) => void heard.push(address),
    });
    await call(port, { headers });
    return { heard, marked: seen[0]?.headers["x-fanfare-forwarder"] };
  }
  const found = { heard: ["127.0.0.1"], marked: "127.0.0.1" };
  const nothing = { heard: [], marked: undefined };

  test.each(["x-forwarded-for", "x-real-ip", "forwarded"])("is found by %s", async (name) => {
    expect(await heardOf({ [name]: "203.0.113.7" })).toEqual(found);
  });

  test("is none when it is trusted, or names nobody", async () => {
    expect(
      await heardOf({ "x-forwarded-for": "203.0.113.7", "x-real-ip": "203.0.113.7" }, "127.0.0.1"),
    ).toEqual(nothing);
    expect(await heardOf({ "x-fanfare-forwarder": "192.0.2.9" })).toEqual(nothing);
    expect(await heardOf({}, "127.0.0.1")).toEqual(nothing);
  });

  test("is also a trusted proxy that does it by a header that is not read", async () => {
    expect(await heardOf({ "x-real-ip": "203.0.113.7" }, "127.0.0.1")).toEqual(found);
  });

  test("behind a trusted one is only marked, because any client can claim that", async () => {
    const headers = { "x-forwarded-for": "192.0.2.9, 203.0.113.7" };
    expect(await heardOf(headers, "127.0.0.1")).toEqual({ heard: [], marked: "203.0.113.7" });
  });
});

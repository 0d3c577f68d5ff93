import { createSocket, type Socket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { queryDns, systemResolve } from "./resolve";

const typeA = 1;
const typeAAAA = 28;
const notFound = 3;

type Zone = (type: number) => Buffer[] | "not found" | "silence";

const servers: Socket[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A name server of one zone (RFC 1035 §4), and a resolver that asks it. */
async function resolverOf(zone: Zone): Promise<Resolver> {
  const server = createSocket("udp4", (query, client) => {
    const questionEnd = query.indexOf(0, 12) + 5;
    const found = zone(query.readUInt16BE(questionEnd - 4));
    if (found === "silence") return;
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(found === "not found" ? 0x8180 | notFound : 0x8180, 2);
    header.writeUInt16BE(found === "not found" ? 0 : found.length, 6);
    header.fill(0, 8);
    const type = query.subarray(questionEnd - 4, questionEnd);
    const records = (found === "not found" ? [] : found).map((address) =>
      Buffer.concat([Buffer.from([0xc0, 12]), type, Buffer.from([0, 0, 0, 60, 0, address.length]), address]),
    );
    server.send(
      Buffer.concat([header, query.subarray(12, questionEnd), ...records]),
      client.port,
      client.address,
    );
  });
  server.bind(0, "127.0.0.1");
  await once(server, "listening");
  servers.push(server);
  const resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${server.address().port}`]);
  return resolver;
}

const ipv4 = Buffer.from([93, 184, 216, 34]);
const ipv6 = Buffer.from("26064700000000000000000000001111", "hex");
const query = async (zone: Zone, signal = new AbortController().signal) =>
  queryDns("hooks.example", signal, await resolverOf(zone));

test("both families are asked", async () => {
  expect(await query((type) => (type === typeA ? [ipv4] : [ipv6]))).toEqual([
    "93.184.216.34",
    "2606:4700::1111",
  ]);
});

test("a family without addresses does not matter when the other has some", async () => {
  expect(await query((type) => (type === typeA ? [ipv4] : []))).toEqual(["93.184.216.34"]);
  expect(await query((type) => (type === typeAAAA ? [ipv6] : []))).toEqual(["2606:4700::1111"]);
});

test("a name server that is silent about one family does not hold up the other", async () => {
  expect(await query((type) => (type === typeA ? [ipv4] : "silence"))).toEqual(["93.184.216.34"]);
});

test("a name that does not exist, and one without addresses, are told apart", async () => {
  await expect(query(() => "not found")).rejects.toMatchObject({ code: "ENOTFOUND" });
  await expect(query(() => [])).rejects.toMatchObject({ code: "ENODATA" });
});

test("an aborted signal ends the wait for a silent name server", async () => {
  const abort = new AbortController();
  const asked = query(() => {
    abort.abort();
    return "silence";
  }, abort.signal);
  await expect(asked).rejects.toMatchObject({ code: "ECANCELLED" });
});

test("names that this machine knows are asked of the machine", async () => {
  const { signal } = new AbortController();
  for (const name of ["localhost", "LOCALHOST."]) {
    const addresses = await systemResolve(name, signal);
    expect(["127.0.0.1", "::1"]).toEqual(expect.arrayContaining(addresses));
    expect(addresses.length).toBeGreaterThan(0);
  }
});

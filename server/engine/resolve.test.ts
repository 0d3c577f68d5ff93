import { afterEach, expect, test } from "vitest";
import { startDns, typeA, typeAAAA, type Zone } from "./dns.fixture";
import { queryDns, resolveIn, systemResolve } from "./resolve";

const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function dnsOf(zone: Zone) {
  const server = await startDns(zone);
  servers.push(server);
  return server;
}

const ipv4 = "93.184.216.34";
const ipv6 = "2606:4700:0:0:0:0:0:1111";
const query = async (zone: (type: number) => ReturnType<Zone>, signal = new AbortController().signal) =>
  queryDns("hooks.example", signal, (await dnsOf((_, type) => zone(type))).newResolver());

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

/** As a pod of Kubernetes has it. */
const podConfig = `
search team-b.svc.cluster.local svc.cluster.local cluster.local
nameserver 10.96.0.10
options ndots:5
`;

type Names = Record<string, ReturnType<Zone>>;

/** Resolves on a system with that resolv.conf and those names. */
async function resolveOn(names: Names, config: string, hostname: string, signal?: AbortSignal) {
  const { asked, newResolver } = await dnsOf((name) => names[name] ?? "not found");
  const system = { readConfig: async () => config, newResolver };
  return { asked, found: resolveIn(system, hostname, signal ?? new AbortController().signal) };
}

const service: Names = { "receiver.team-a.svc.cluster.local": ["10.1.2.3", "10.1.2.4"] };

test.each(["receiver.team-a", "receiver.team-a.svc", "Receiver.Team-A.svc.cluster.local"])(
  "%s is found by the system's search list, with all of its addresses",
  async (hostname) => {
    const { found } = await resolveOn(service, podConfig, hostname);
    expect(await found).toEqual(["10.1.2.3", "10.1.2.4"]);
  },
);

test("a name of one label follows the list, too", async () => {
  const names: Names = { "receiver.team-b.svc.cluster.local": ["10.1.2.5"] };
  expect(await (await resolveOn(names, podConfig, "receiver")).found).toEqual(["10.1.2.5"]);
});

test("a name with fewer dots than ndots is asked for along the list first, as it is in the end", async () => {
  const { asked, found } = await resolveOn({ "hooks.example": [ipv4] }, podConfig, "hooks.example");
  expect(await found).toEqual([ipv4]);
  expect(asked).toEqual([
    "hooks.example.team-b.svc.cluster.local",
    "hooks.example.svc.cluster.local",
    "hooks.example.cluster.local",
    "hooks.example",
  ]);
});

test("a name with enough dots is asked for as it is first", async () => {
  const names = { "hooks.example": [ipv4], "hooks.example.corp": ["10.9.9.9"] };
  const { asked, found } = await resolveOn(names, "search corp", "hooks.example");
  expect(await found).toEqual([ipv4]);
  expect(asked).toEqual(["hooks.example"]);
});

test("a name with a dot at its end is asked for as it is, and nothing else", async () => {
  const { asked, found } = await resolveOn(service, podConfig, "receiver.team-a.");
  await expect(found).rejects.toMatchObject({ code: "ENOTFOUND" });
  expect(asked).toEqual(["receiver.team-a"]);
});

test("a domain without addresses, or whose servers fail, does not end the search", async () => {
  const names: Names = {
    ...service,
    "receiver.team-a.team-b.svc.cluster.local": [],
    "receiver.team-a": "server failure",
  };
  expect(await (await resolveOn(names, podConfig, "receiver.team-a")).found).toHaveLength(2);
  const failing = { "a.b": "server failure" as const };
  await expect((await resolveOn(failing, podConfig, "a.b")).found).rejects.toMatchObject({
    code: "ESERVFAIL",
  });
});

test("what was asked for is told when nothing is found", async () => {
  const { found } = await resolveOn({}, "search one.example two.example", "receiver.team-a");
  await expect(found).rejects.toMatchObject({
    code: "ENOTFOUND",
    tried: ["receiver.team-a", "receiver.team-a.one.example", "receiver.team-a.two.example"],
  });
});

test("an aborted signal ends the search in the middle, and asks for nothing more", async () => {
  const abort = new AbortController();
  const silent = await dnsOf((name) => {
    if (name !== "receiver.team-a.svc.cluster.local") return "not found";
    abort.abort();
    return "silence";
  });
  const system = { readConfig: async () => podConfig, newResolver: silent.newResolver };
  await expect(resolveIn(system, "receiver.team-a", abort.signal)).rejects.toThrow();
  expect(silent.asked.at(-1)).toBe("receiver.team-a.svc.cluster.local");
});

import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { parseCidr } from "@/domain/network/address";
import { type Certificate, openAuthority } from "@/testing/certificates";
import { type RawServer, startRawServer } from "@/testing/raw-server";
import { type Receiver, startReceiver } from "@/testing/receiver";
import { canStall, startStalledServer } from "@/testing/stalled-server";
import { startDns } from "./dns.fixture";
import { type Resolve, resolveIn } from "./resolve";
import { createSender, type Sender } from "./send";

const authority = openAuthority(inject("authority"));
const cidrs = (...texts: string[]) => texts.map((text) => parseCidr(text) ?? expect.fail(text));
const post = (sender: Sender, url: string) => sender.send({ pool: "w1", url, headers: {}, body: "{}" });
const blocked = (words: string) => ({
  kind: "error",
  error: { code: "blocked_address", message: expect.stringContaining(words) },
});

let sender: Sender | undefined;
afterEach(() => sender?.close());

/** A sender whose DNS answers what it is told to. */
function startSender(resolve: Resolve | undefined, allow: string[] = [], timeoutMs = 5_000): Sender {
  sender = createSender({ timeoutMs, allow: cidrs(...allow), resolve });
  return sender;
}

describe("with nothing allowed, a listener on this machine sees no connection", () => {
  let canary: RawServer;
  beforeEach(async () => {
    canary = await startRawServer({ onConnection() {}, isEverywhere: true });
    return async () => {
      expect(canary.connectionCount()).toBe(0);
      await canary.close();
    };
  });

  test.each([
    "127.0.0.1",
    "127.1",
    "0x7f.1",
    "2130706433",
    "017700000001",
    "0",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::7f00:1]",
    "[::ffff:0:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
  ])("written as %s", async (host) => {
    const neverAsked = () => expect.fail("an address needs no DNS");
    expect(await post(startSender(neverAsked), `https://${host}:${canary.port}/`)).toMatchObject(
      blocked("Webhooks may only go to public addresses."),
    );
  });

  test("as localhost, which this machine resolves itself", async () => {
    const outcome = await post(startSender(undefined), `https://localhost:${canary.port}/`);
    expect(outcome).toMatchObject(blocked("a loopback address"));
  });

  test.each([
    ["the only answer", ["127.0.0.1"]],
    ["the last of many", ["93.184.216.34", "2606:4700::1111", "::1"]],
    ["the first of many", ["10.0.0.1", "93.184.216.34"]],
    ["carried by an IPv6 answer", ["64:ff9b::7f00:1"]],
    ["no address at all", ["93.184.216.34", "localhost"]],
  ])("as a name with a bad answer: %s", async (_name, answers) => {
    const outcome = await post(
      startSender(async () => answers),
      `https://rebind.example:${canary.port}/`,
    );
    expect(outcome).toMatchObject(blocked("rebind.example leads to"));
  });

  test("with other ranges allowed, and metadata services even when they are", async () => {
    const sender = startSender(async () => ["169.254.169.254"], ["10.0.0.0/8", "169.254.0.0/16"]);
    expect(await post(sender, `https://127.0.0.1:${canary.port}/`)).toMatchObject(
      blocked("a loopback address"),
    );
    expect(await post(sender, "https://metadata.example/")).toMatchObject(
      blocked("a cloud metadata address"),
    );
    expect(await post(sender, "https://[::ffff:a9fe:a9fe]/")).toMatchObject(
      blocked("a cloud metadata address"),
    );
  });
});

describe("with the loopback allowed", () => {
  const loopback = ["127.0.0.0/8", "::1/128"];
  let certificate: Certificate;
  let receiver: Receiver;
  beforeEach(async () => {
    certificate = await authority.issue({ names: ["hooks.example"] });
    receiver = await startReceiver({ tls: certificate });
    return () => receiver.close();
  });

  test("the address that was judged is the one that is dialled: DNS is asked once", async () => {
    const answers = [["127.0.0.1"], ["10.0.0.1"]];
    const sender = startSender(async () => answers.shift() ?? expect.fail("asked again"), loopback);
    const url = `https://hooks.example:${receiver.port}/`;
    receiver.answerNext({ status: 200, headers: { Connection: "close" } });
    expect(await post(sender, url)).toMatchObject({ status: 200, peer: { address: "127.0.0.1" } });
    expect(await post(sender, url)).toMatchObject(
      blocked("hooks.example leads to 10.0.0.1, which is a private address"),
    );
    expect(receiver.requests).toHaveLength(1);
  });

  test("the name is kept for TLS and the Host header, without the dot of the root in TLS", async () => {
    const sender = startSender(async () => ["127.0.0.1"], loopback);
    await post(sender, `https://hooks.example:${receiver.port}/`);
    await post(sender, `https://hooks.example.:${receiver.port}/`);
    expect(receiver.requests.map(({ headers }) => headers.host)).toEqual([
      `hooks.example:${receiver.port}`,
      `hooks.example.:${receiver.port}`,
    ]);
  });

  test("an address that refuses is passed over for the next one", async () => {
    const sender = startSender(async () => ["127.0.0.2", "::1", "127.0.0.1"], loopback);
    expect(await post(sender, `https://hooks.example:${receiver.port}/`)).toMatchObject({
      status: 200,
      peer: { address: "127.0.0.1" },
    });
  });

  test.runIf(canStall)("an address that never answers is passed over for the next one", async () => {
    const stalled = await startStalledServer({ host: "127.0.0.2", port: receiver.port });
    const sender = startSender(async () => ["127.0.0.2", "127.0.0.1"], loopback);
    expect(await post(sender, `https://hooks.example:${receiver.port}/`)).toMatchObject({
      status: 200,
      peer: { address: "127.0.0.1" },
    });
    await stalled.close();
  });

  test("when none can be reached, the first one's failure is told", async () => {
    const sender = startSender(async () => ["127.0.0.3", "127.0.0.2"], loopback);
    expect(await post(sender, `https://hooks.example:${receiver.port}/`)).toMatchObject({
      error: {
        code: "connect_refused",
        message: expect.stringContaining(`127.0.0.3:${receiver.port} refused`),
      },
    });
  });

  test("a connection to an old URL is not used for a new one of the same webhook", async () => {
    const other = await startReceiver({ tls: certificate });
    const sender = startSender(async () => ["127.0.0.1"], loopback);
    await post(sender, `https://hooks.example:${receiver.port}/`);
    await post(sender, `https://hooks.example:${other.port}/`);
    expect([receiver.requests.length, other.requests.length]).toEqual([1, 1]);
    await receiver.waitForNoConnection();
    await other.close();
  });
});

describe("a name that the system's search list completes", () => {
  const config = "search svc.cluster.local cluster.local\noptions ndots:5";
  let dns: Awaited<ReturnType<typeof startDns>>;
  afterEach(() => dns.close());
  const answering = async (addresses: string[]): Promise<Resolve> => {
    dns = await startDns((name) => (name === "receiver.team-a.svc.cluster.local" ? addresses : "not found"));
    const system = { readConfig: async () => config, newResolver: dns.newResolver };
    return (hostname, signal) => resolveIn(system, hostname, signal);
  };

  test("leads there", async () => {
    const certificate = await authority.issue({ names: ["receiver.team-a"] });
    const receiver = await startReceiver({ tls: certificate });
    const sender = startSender(await answering(["127.0.0.1"]), ["127.0.0.0/8"]);
    expect(await post(sender, `https://receiver.team-a:${receiver.port}/`)).toMatchObject({ status: 200 });
    await receiver.close();
  });

  test("is judged by every address that it leads to", async () => {
    const sender = startSender(await answering(["127.0.0.1", "10.1.2.3"]), ["127.0.0.0/8"]);
    expect(await post(sender, "https://receiver.team-a/")).toMatchObject(
      blocked("receiver.team-a leads to 10.1.2.3"),
    );
  });

  test("tells what was asked for when nothing is there", async () => {
    const sender = startSender(await answering([]));
    expect(await post(sender, "https://receiver.team-b/")).toMatchObject({
      error: {
        code: "dns_error",
        message:
          "receiver.team-b does not exist in DNS. Check the name, or add the record. Asked for: " +
          "receiver.team-b.svc.cluster.local, receiver.team-b.cluster.local, receiver.team-b.",
      },
    });
  });
});

describe("DNS", () => {
  const failWith = (code: string) => async () => {
    throw Object.assign(new Error(code), { code });
  };

  test.each([
    ["ENOTFOUND", "dns_error", "hooks.example does not exist in DNS", "dns_not_found"],
    ["ENODATA", "dns_error", "hooks.example has no address in DNS", "dns_no_address"],
    ["ESERVFAIL", "dns_error", "SERVFAIL", "dns_server_failure"],
    ["EREFUSED", "dns_error", "refused to answer", "dns_server_failure"],
    ["ECONNREFUSED", "dns_error", "could not be looked up", undefined],
    ["ETIMEOUT", "dns_timeout", "did not answer", undefined],
  ])("%s is %s", async (code, errorCode, words, detail) => {
    expect(await post(startSender(failWith(code)), "https://hooks.example/")).toMatchObject({
      error: { code: errorCode, message: expect.stringContaining(words), ...(detail && { detail }) },
    });
  });

  test("no answer to a name is an error, and not a crash", async () => {
    expect(
      await post(
        startSender(async () => []),
        "https://hooks.example/",
      ),
    ).toMatchObject({
      error: { code: "dns_error", detail: "dns_no_address" },
    });
  });

  test("a resolver that hangs ends at the deadline, and is told so", async () => {
    let wasAborted = false;
    const hang: Resolve = (_hostname, signal) =>
      new Promise(() => signal.addEventListener("abort", () => (wasAborted = true)));
    expect(await post(startSender(hang, [], 100), "https://hooks.example/")).toMatchObject({
      error: { code: "dns_timeout", message: "No answer from DNS for hooks.example within 100 ms." },
    });
    expect(wasAborted).toBe(true);
  });

  test("a name that does not exist is told by the system's resolver", async () => {
    const { code } = await post(startSender(undefined), "https://nothing.invalid/").then((outcome) =>
      outcome.kind === "error" ? outcome.error : expect.fail("there is no such host"),
    );
    expect(["dns_error", "dns_timeout"]).toContain(code);
  });
});

test("the deadline is one over all phases, each of which alone would have been in time", async () => {
  const silent = await startRawServer({ onConnection() {} });
  const slow: Resolve = () => new Promise((resolve) => setTimeout(resolve, 250, ["127.0.0.1"]));
  const outcome = await post(
    startSender(slow, ["127.0.0.0/8"], 400),
    `https://hooks.example:${silent.port}/`,
  );
  expect(outcome).toMatchObject({ error: { code: expect.stringMatching(/^(connect|tls)_timeout$/) } });
  expect(outcome.timings.tls ?? 0).toBeLessThan(250);
  await silent.close();
});

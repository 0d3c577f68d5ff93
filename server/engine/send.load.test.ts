import { getEventListeners, once } from "node:events";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { expect, inject, test } from "vitest";
import { parseCidr } from "@/domain/network/address";
import { openAuthority } from "@/testing/certificates";
import { type Answer, startReceiver } from "@/testing/receiver";
import { createSender } from "./send";

const authority = openAuthority(inject("authority"));
const allow = ["127.0.0.0/8"].flatMap((text) => parseCidr(text) ?? []);

const heldBytes = () => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

test("a thousand hostile receivers at once stay within a fixed memory, and a healthy one gets everything", async () => {
  const tls = await authority.issue();
  const hostile = new Worker(join(import.meta.dirname, "../../testing/hostile-receiver.mjs"), {
    workerData: tls,
  });
  const [hostilePort] = await once(hostile, "message");
  const healthy = await startReceiver({ tls });
  const sender = createSender({ timeoutMs: 60_000, allow });
  const post = (pool: string, port: number) =>
    sender.send({ pool, url: `https://localhost:${port}/`, headers: {}, body: "{}" });

  const before = heldBytes();
  let peak = before;
  const attempts = Array.from({ length: 1000 }, async (_, i) => {
    const outcome = await post(`hostile-${i % 50}`, hostilePort);
    peak = Math.max(peak, heldBytes());
    return outcome.kind === "error" ? outcome.error.code : `${outcome.status}`;
  });
  const deliveries = Array.from({ length: 50 }, () => post("healthy", healthy.port));

  const ends = new Set(await Promise.all(attempts));
  expect([...ends].sort()).toEqual(["200", "500", "connect_reset", "header_overflow", "protocol_error"]);
  for (const outcome of await Promise.all(deliveries)) expect(outcome).toMatchObject({ status: 200 });
  // Each holds at most what it may keep, and what one read may bring.
  expect(peak - before).toBeLessThan(1000 * 256 * 1024);

  await sender.close();
  await healthy.close();
  await hostile.terminate();
}, 90_000);

test("after every kind of end, no socket, timer or listener is left", async () => {
  const held = (kind: string) => process.getActiveResourcesInfo().filter((held) => held === kind).length;
  const receiver = await startReceiver({ tls: await authority.issue() });
  const timersBefore = held("Timeout");
  const sender = createSender({ timeoutMs: 200, allow });
  const { signal } = new AbortController();
  const post = (url: string) => sender.send({ pool: "w1", url, headers: {}, body: "{}", signal });
  const answers: Answer[] = [
    { status: 200 },
    { status: 500, body: "x".repeat(100_000) },
    "hang",
    "reset",
    { socket: (socket) => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort") },
    { socket: (socket) => socket.write("nonsense\r\n\r\n") },
  ];
  receiver.answerNext(...answers);
  const outcomes = await Promise.all([
    ...answers.map(() => post(receiver.url)),
    post("https://127.0.0.1:1/"),
    post("https://10.0.0.1/"),
    post("https://nothing.invalid/"),
  ]);
  expect(outcomes).toHaveLength(9);
  await sender.close();
  await receiver.waitForNoConnection();

  expect(getEventListeners(signal, "abort")).toEqual([]);
  // A handle is gone some turns of the event loop after it was closed; one that is kept never is.
  while (held("TCPSocketWrap") > 0) await setImmediate();
  expect(held("Timeout")).toBeLessThanOrEqual(timersBefore);
  await receiver.close();
});

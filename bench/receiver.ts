import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Certificate } from "@/testing/certificates";
import type { Seen } from "./receiver-process";

export type BenchReceiver = {
  origin: string;
  /** Whom its senders must trust. */
  caFile: string;
  /** What it has seen since the last time. */
  take(): Promise<Seen>;
  /** Resolves once it has seen so many requests more than at the last time. */
  waitFor(count: number): Promise<void>;
  /** Resolves once these events came on /timed/…, with the time of each (of the machine's clock). */
  arrivalsOf(eventIds: string[]): Promise<Map<string, number>>;
  close(): void;
};

const pollMs = 5;
const giveUpMs = 300_000;

export async function startBenchReceiver(tls: Certificate, caFile: string): Promise<BenchReceiver> {
  const child = fork(join(import.meta.dirname, "receiver-process.mjs"), { serialization: "advanced" });
  const { port } = await ask<{ port: number }>(child, tls);
  const take = () => ask<Seen>(child, {});
  return {
    origin: `https://127.0.0.1:${port}`,
    caFile,
    take,
    async waitFor(count) {
      const giveUpAt = performance.now() + giveUpMs;
      for (let seen = 0; seen < count; seen += (await take()).count) {
        if (performance.now() > giveUpAt) throw new Error(`Only ${seen} of ${count} requests came.`);
        await pause(pollMs);
      }
    },
    async arrivalsOf(eventIds) {
      const found = new Map<string, number>();
      const giveUpAt = performance.now() + giveUpMs;
      while (!eventIds.every((id) => found.has(id))) {
        if (performance.now() > giveUpAt) throw new Error(`Some of ${eventIds.length} events did not come.`);
        for (const [id, atMs] of (await take()).arrivals) if (!found.has(id)) found.set(id, atMs);
        await pause(pollMs);
      }
      return found;
    },
    close: () => child.disconnect(),
  };
}

async function ask<Answer>(child: ChildProcess, message: object): Promise<Answer> {
  child.send(message);
  const [answer] = await once(child, "message");
  return answer;
}

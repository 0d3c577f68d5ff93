import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Certificate } from "@/testing/certificates";
import type { Seen } from "./receiver-process";

export type BenchReceiver = {
  origin: string;
  /** What it has seen since the last time. */
  take(): Promise<Seen>;
  close(): void;
};

export async function startBenchReceiver(tls: Certificate): Promise<BenchReceiver> {
  const child = fork(join(import.meta.dirname, "receiver-process.mjs"), { serialization: "advanced" });
  const ask = async (message: object) => {
    child.send(message);
    const [answer] = await once(child, "message");
    return answer;
  };
  const port: number = await ask(tls);
  return {
    origin: `https://127.0.0.1:${port}`,
    take: () => ask({}),
    close: () => child.disconnect(),
  };
}

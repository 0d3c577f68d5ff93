import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAuthority } from "@/testing/certificates";
import { type Drain, drainBacklog, type Work, warmUpOf, webhookPaths } from "./backlog";
import { sampleData } from "./events";
import type { Reading, Subject } from "./measurement";
import { postgres, redis, type Server, type ServerKind } from "./peers/servers";
import { withChildren } from "./processes";
import { startBenchReceiver } from "./receiver";
import { secret } from "./stage";

export type Peer = {
  name: string;
  /** Its program in bench/peers/, which is run as it is written, so that it finds the packages there. */
  program: string;
  /** Its package, when it is one of bench/package.json, and the database that it needs. */
  needs?: { package: string; server: ServerKind };
};

export const loop: Peer = { name: "loop that only signs and posts", program: "loop" };

export const peers: Peer[] = [
  {
    name: "graphile-worker",
    program: "graphile-worker",
    needs: { package: "graphile-worker", server: postgres },
  },
  { name: "BullMQ", program: "bullmq", needs: { package: "bullmq", server: redis } },
  { name: "pg-boss", program: "pg-boss", needs: { package: "pg-boss", server: postgres } },
];

export const peersFolder = "bench";

/** Why a peer cannot be measured here; null when it can. */
export function missingFor({ name, needs }: Peer): string | null {
  if (needs && !existsSync(join(peersFolder, "node_modules", needs.package))) {
    return `${name} is not measured: its package is not installed (npm ci --prefix ${peersFolder}).`;
  }
  const missing = needs?.server.missing();
  return missing ? `${name} is not measured: ${missing}.` : null;
}

/** A peer as a subject, in a process of its own, with a database and a receiver of its own. */
export async function beginPeer(peer: Peer, works: Work[]): Promise<Subject> {
  const folder = mkdtempSync(join(tmpdir(), "fanfare-bench-"));
  const authority = await createAuthority(folder);
  const receiver = await startBenchReceiver(await authority.issue(), authority.caFile);
  const server = await peer.needs?.server.start();
  const child = fork(join(peersFolder, "peers", `${peer.program}.mjs`), {
    env: { PATH: process.env.PATH, NODE_ENV: "production", NODE_EXTRA_CA_CERTS: authority.caFile },
  });
  const order = async (name: string, given: object = {}) => {
    const over = new AbortController();
    const heard = ["message", "exit"].map((event) => once(child, event, over));
    child.send({ order: name, ...given });
    const [answer] = await Promise.race(heard);
    over.abort();
    if (answer?.order !== name) throw new Error(`${peer.name} ended with ${answer}.`);
  };
  const end = async () => {
    if (child.connected) child.disconnect();
    receiver.close();
    await server?.end();
    rmSync(folder, { recursive: true });
  };
  const run = async (todo: Work[]) => {
    const readings: Reading[] = [];
    for (const work of todo) {
      readings.push(...(await drainBacklog(peerDrain(work), work)));
      await order("rest");
    }
    return readings;
  };
  try {
    const { origin } = receiver;
    await order("begin", {
      receiver: { origin, paths: webhookPaths, secret },
      address: server?.address,
      data: sampleData,
    });
    await run(works.map(warmUpOf));
    return { name: peer.name, round: () => run(works), end };
  } catch (error) {
    await end();
    throw error;
  }

  function peerDrain({ fanOut }: Work): Drain {
    const pid = child.pid ?? 0;
    return {
      async fill(events) {
        await order("fill", { events, fanOut });
        await receiver.take();
      },
      async empty(deliveries) {
        await order("work");
        await receiver.waitFor(deliveries);
      },
      workers: () => [pid],
      all: () => [pid, ...pidsOf(server)],
    };
  }
}

const pidsOf = (server: Server | undefined) => (server ? withChildren([server.pid]) : []);

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildExamples } from "@/examples/build.mjs";
import { collectOutput } from "@/testing/output";
import { freePort, passOn } from "@/testing/pass-on";
import type { ReceivedRequest } from "@/testing/receiver";
import { secret, setScene } from "@/testing/scene";

const { app, receiver, customer, register, ended } = setScene();

let example: ChildProcess | undefined;
afterEach(() => {
  if (example?.pid !== undefined) process.kill(-example.pid); // with what the shell started
  example = undefined;
});

describe.skipIf(!existsSync("examples/node_modules"))(
  "an example, which needs `npm ci --prefix examples`:",
  () => {
    beforeAll(buildExamples);

    test.for(["express-4", "express-5", "fastify", "hono", "koa", "nest", "next"])(
      "%s verifies what Fanfare really sends, and refuses what somebody changed",
      async (name) => {
        const { url, output } = await start(name);
        receiver.answerAlways(async (request) => ({ status: (await passOn(request, url)).status }));
        const webhook = await register({ secret });
        await publishExact('{"search_id":"s-1","hit_count":2,"score":1.0,"name":"Zoë"}');
        expect(await ended(webhook.id, "delivered")).toMatchObject({ status_code: 204 });
        expect(output.text()).toContain("Search s-1 found 2 hits.");

        const [request] = (await receiver.waitFor(1)) as [ReceivedRequest];
        const forged = { ...request, body: Buffer.from(request.body.toString().replace("s-1", "s-2")) };
        expect(await passOn(forged, url)).toMatchObject({ status: 401 });
        expect(output.text()).not.toContain("s-2");
      },
    );
  },
);

/** Starts an example as its page of the documentation says, and waits until it answers: Next compiles the route then. */
async function start(name: string) {
  const port = String(await freePort());
  const [run = "", ask = ""] = (await commandsFor(name)).map((text) => text.replaceAll("4000", port));
  const output = collectOutput();
  const env = { ...process.env, SECRET: secret, NODE_ENV: "development" as const };
  const command = run.split("\n").at(-1) ?? ""; // what is before it installs and compiles: see buildExamples
  const child = spawn("sh", ["-c", command], { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  example = child;
  output.listenTo(child);
  await output.waitFor(/Listening\.|Ready in/);
  expect(execFileSync("sh", ["-c", ask], { stdio: ["ignore", "pipe", "ignore"] }).toString()).toMatch(
    /^HTTP\/1.1 401 /,
  );
  return { url: `http://127.0.0.1:${port}/hooks`, output };
}

/** How its page says that it is run, and that it refuses what nobody signed. */
async function commandsFor(name: string): Promise<string[]> {
  const page = await (await fetch(`${app.url}/docs/receive-${name}.md`)).text();
  return [...page.matchAll(/^( *)```sh\n([\s\S]*?)\n\1```$/gm)].map(([, , command = ""]) => command);
}

/** Publishes data with its numbers as they are written: what parses and prints them again changes the bytes. */
async function publishExact(data: string): Promise<void> {
  const body = `{"customer_id":"${customer.id}","type":"search_completed","data":${data}}`;
  const headers = { "x-api-key": app.platformKey, "content-type": "application/json" };
  expect((await fetch(`${app.url}/events`, { method: "POST", headers, body })).status).toBe(202);
}

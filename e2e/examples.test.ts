import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildExamples } from "@/examples/build.mjs";
import { collectOutput } from "@/testing/output";
import type { ReceivedRequest } from "@/testing/receiver";
import { secret, setScene } from "@/testing/scene";

const { app, receiver, customer, register, ended } = setScene();

let example: ChildProcess | undefined;
afterEach(() => example?.kill());

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

/** Starts an example, and waits until it answers: Next compiles the route then. */
async function start(name: string) {
  const port = String(await freePort());
  const output = collectOutput();
  const env = { ...process.env, PORT: port, WEBHOOK_SECRET: secret, NODE_ENV: "development" as const };
  const args =
    name === "next"
      ? ["node_modules/next/dist/bin/next", "dev", "examples/next", "--port", port, "--hostname", "127.0.0.1"]
      : [`examples/dist/${name}.js`];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  example = child;
  output.listenTo(child);
  await output.waitFor(/Listening\.|Ready in/);
  const url = `http://127.0.0.1:${port}/hooks`;
  const unsigned = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
  expect((await fetch(url, unsigned)).status).toBe(401);
  return { url, output };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The request as it came in, as a proxy that ends TLS hands it on. */
async function passOn({ rawHeaders, body }: ReceivedRequest, url: string): Promise<Response> {
  const ofConnection = ["connection", "content-length", "host", "transfer-encoding"];
  const headers = rawHeaders.filter(([name]) => !ofConnection.includes(name.toLowerCase()));
  return fetch(url, { method: "POST", headers, body: new Uint8Array(body) });
}

/** Publishes data with its numbers as they are written: what parses and prints them again changes the bytes. */
async function publishExact(data: string): Promise<void> {
  const body = `{"customer_id":"${customer.id}","type":"search_completed","data":${data}}`;
  const headers = { "x-api-key": app.platformKey, "content-type": "application/json" };
  expect((await fetch(`${app.url}/events`, { method: "POST", headers, body })).status).toBe(202);
}

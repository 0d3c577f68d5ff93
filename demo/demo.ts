import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAuthority } from "@/testing/certificates";
import { type Account, createAccount } from "./account";
import { subscribeAgent } from "./agent";
import { createApi } from "./api";
import { startEndpoints } from "./endpoints";
import { startProduct } from "./product";
import { startTraffic } from "./traffic";

type Environment = Record<string, string | undefined>;

/** Runs the demo until a signal comes; answers the exit status. Leaves no file and no process behind. */
export async function runDemo(environment: Environment): Promise<number> {
  const end = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => end.abort());
  const folder = await mkdtemp(join(tmpdir(), "fanfare-demo-"));
  try {
    return await show(folder, environment, end);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function show(folder: string, environment: Environment, end: AbortController): Promise<number> {
  const authority = await createAuthority(folder, "Fanfare Demo CA");
  const endpoints = await startEndpoints(authority);
  const receivers = endpoints.webhooks.map(({ webhook_url }) => webhook_url);
  const product = startProduct({ folder, caFile: authority.caFile, receivers, environment }, end.signal);
  product.ended.then(() => end.abort());
  try {
    const ready = await product.ready;
    if (ready && !end.signal.aborted) {
      const api = createApi(ready.url, ready.platformKey);
      const account = await createAccount(api, endpoints.webhooks);
      const { url } = ready;
      await subscribeAgent(api, { url, customerId: account.customerId, callback: endpoints.callback });
      startTraffic(api, account, end.signal);
      greet(url, account);
    }
    return await product.ended;
  } finally {
    end.abort();
    await product.ended;
    await endpoints.close();
  }
}

function greet(url: string, { email, password, webhookIds, portalLink }: Account): void {
  process.stdout.write(`
The demo is alive: ${webhookIds.length} webhooks, some of them in trouble, and events for all of them and for an agent.

  Sign in    ${url}/sign-in
  Email      ${email}
  Password   ${password}

As a platform would let its customer in, without an account (this link works once):
  ${portalLink}

A webhook of your own may lead to any of them: the form offers their URLs.

Ctrl-C ends it and removes everything.
`);
}

import { randomUUID } from "node:crypto";
import {
  type Experimental_MCPEvent as AgentEvent,
  type Experimental_MCPEventStore as AgentStore,
  type Experimental_MCPEventSubscription as AgentSubscription,
  experimental_createMCPEventWebhook as createReceiver,
} from "@ai-sdk/mcp";
import type { Client } from "@modelcontextprotocol/client";
import { expect } from "vitest";
import { z } from "zod";
import { audienceId } from "@/domain/agent/audience";
import { createEngine } from "@/server/engine/engine";
import { createSender } from "@/server/engine/send";
import { allow, trusted } from "@/server/engine/send.fixture";
import { markOf } from "@/server/process/process-mark";
import { type ReceivedRequest, startReceiver } from "@/testing/receiver";
import { type Api, openApi } from "../../api.fixture";
import { bearer, connect, connectAiSdk } from "../clients.fixture";

type More = { url?: string; signal?: AbortSignal; cursor?: string; maxAgeMs?: number; ttlMs?: number | null };

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

const subscribeResult = z.looseObject({
  id: z.string(),
  refreshBefore: z.string(),
  cursor: z.string(),
  truncated: z.boolean(),
});

/** Lets callbacks be on this machine. */
const env = { deliveryAllowCidrs: ["127.0.0.0/8", "::1/128"], deliveryTimeoutMs: 5_000 };

/** The product with a worker, and an agent's receiver: the AI SDK's own code behind HTTPS. */
export async function openAgents({ hasWorker = true, reaches = allow } = {}) {
  const api = await openApi(env);
  const customer = await api.newCustomer();
  const store = createAgentStore();
  const received: AgentEvent[] = [];
  const receiver = await startReceiver({ tls: trusted });
  const receive = createReceiver({ store, onEvent: async ({ event }) => void received.push(event) });
  /** Callbacks of the AI SDK are told by their query; any other proves itself, and takes whatever comes. */
  const answerAsAgent = () =>
    receiver.answerAlways(async (request) =>
      request.url.includes("mcp_event_subscription")
        ? toAnswer(await receive(toRequest(request)))
        : { body: request.body },
    );
  answerAsAgent();
  const worker = hasWorker ? await startWorker(api, reaches) : null;
  const named = (asked: object, url: string) => ({
    name: "cdd_state_changed",
    arguments: asked,
    delivery: { mode: "webhook", url, secret },
  });
  return {
    api,
    customer,
    receiver,
    /** What the agent keeps of its subscriptions. */
    store,
    /** The events that it accepted. */
    received,
    answerAsAgent,
    untilReceived: (count: number) => expect.poll(() => received.length).toBeGreaterThanOrEqual(count),
    publish: (data: object) => publish(api, customer.id, data),
    async newKey(access: "full" | "read" = "full") {
      const path = `/customers/${customer.id}/api-keys`;
      return (await api.rest<{ key: string }>("POST", path, { json: { access } })).body.key;
    },
    /** What waits for its callback to answer, beside what was subscribed. */
    unproved: () => api.store.listWebhooks(audienceId(customer.id, "ids")),
    subscriptions: () => api.store.listSubscriptions(customer.id),
    /** The client of the AI SDK, for a key: the customer's own unless told. */
    connect: (key = customer.key, clientName = "An agent") =>
      connectAiSdk(bearer(key), { clientName, experimental_events: { store } }),
    /** The official client, which has no calls for events of its own. */
    connectOfficial: (key = customer.key) => connect(bearer(key)),
    subscribeAs: (client: Client, asked: object, { url = receiver.url, signal, ...more }: More = {}) =>
      client.request(
        { method: "events/subscribe", params: { ...named(asked, url), ...more } },
        subscribeResult,
        { signal },
      ),
    unsubscribeAs: (client: Client, asked: object) =>
      client.request({ method: "events/unsubscribe", params: named(asked, receiver.url) }, z.looseObject({})),
    async close() {
      await receiver.close();
      await worker?.stop();
      await api.close();
    },
  };
}

export type Agents = Awaited<ReturnType<typeof openAgents>>;

async function startWorker({ runtime }: Api, reaches: typeof allow) {
  const { store, ring, env, version, log } = runtime;
  const sender = createSender({ timeoutMs: env.deliveryTimeoutMs, allow: reaches });
  const engine = createEngine({
    ...env,
    store,
    sender,
    log,
    ring,
    version,
    workerId: "worker",
    mark: markOf(process.pid),
    clock: Date.now,
    random: Math.random,
  });
  await engine.start();
  return {
    async stop() {
      await engine.stop();
      await sender.close();
    },
  };
}

/** Publishes an event of a CDD; answers its id. */
async function publish(api: Api, customerId: string, data: object) {
  const id = randomUUID();
  await api.rest("POST", "/events", {
    json: { customer_id: customerId, type: "cdd_state_changed", id, data: { state: "complete", ...data } },
  });
  return id;
}

/** What the AI SDK asks of an application: to keep its subscriptions. */
function createAgentStore(): AgentStore {
  const kept = new Map<string, AgentSubscription>();
  return {
    get: async (key) => kept.get(key),
    getById: async (id) => [...kept.values()].find((subscription) => subscription.id === id),
    set: async (subscription) => void kept.set(subscription.key, subscription),
    async update(key, patch) {
      const before = kept.get(key);
      if (before) kept.set(key, { ...before, ...patch });
    },
    delete: async (key) => void kept.delete(key),
  };
}

const toRequest = ({ method, url, headers, body }: ReceivedRequest) =>
  new Request(`https://agent.example${url}`, {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    body: Uint8Array.from(body),
  });

const toAnswer = async (response: Response) => ({
  status: response.status,
  headers: Object.fromEntries(response.headers),
  body: await response.text(),
});

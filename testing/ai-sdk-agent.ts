import {
  type Experimental_MCPEventControl as Control,
  experimental_createMCPEventWebhook as createEventWebhook,
  createMCPClient,
  type Experimental_MCPEvent as Event,
  type Experimental_MCPEventStore as EventStore,
  type Experimental_MCPEventSubscription as Subscription,
} from "@ai-sdk/mcp";
import type { App } from "./app";
import { toFetch } from "./pass-on";
import type { Receiver } from "./receiver";

/** An agent as the AI SDK makes one: its client, and its own handler of what comes to the receiver. */
export async function startAiSdkAgent(app: App, key: string, receiver: Receiver) {
  const store = memoryStore();
  /** What the handler took as genuine. */
  const events: Event[] = [];
  const terminations: Control[] = [];
  /** What it answered to each request, in the receiver's order. */
  const statuses: number[] = [];
  const handle = createEventWebhook({
    store,
    onEvent: async ({ event }) => void events.push(event),
    onTerminated: async ({ termination }) => void terminations.push(termination),
  });
  receiver.answerAlways(async (request) => {
    const answer = await handle(toFetch(request, receiver.url + request.url));
    statuses.push(answer.status);
    const headers = Object.fromEntries(answer.headers);
    return { status: answer.status, headers, body: await answer.text() };
  });
  const client = await createMCPClient({
    clientName: "an agent of a test",
    transport: { type: "http", url: `${app.url}/mcp`, headers: { authorization: `Bearer ${key}` } },
    experimental_events: { store },
  });
  return { client, store, events, terminations, statuses };
}

/** What the AI SDK asks applications to keep. */
function memoryStore(): EventStore {
  const kept = new Map<string, Subscription>();
  return {
    get: async (key) => kept.get(key),
    getById: async (id) => [...kept.values()].find((subscription) => subscription.id === id),
    set: async (subscription) => void kept.set(subscription.key, subscription),
    async update(key, patch) {
      const subscription = kept.get(key);
      if (subscription) kept.set(key, { ...subscription, ...patch });
    },
    delete: async (key) => void kept.delete(key),
  };
}

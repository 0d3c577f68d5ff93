import type { CallOptions, RepeatableOptions } from "./call-options";
import { ask, type Connection } from "./connection";
import { type Calls, kinds } from "./generated";
import { type DeliveryChange, type LiveInput, liveDeliveries } from "./live";
import { type NewEvent, type Publish, withIds } from "./publish";
import { withRetries } from "./retry";

export type ClientOptions = {
  /** Where Fanfare is, as people open it: `https://fanfare.example.com`, also with a path. */
  url: string;
  /** A customer's key (`fk_…`) or the platform's. */
  apiKey: string;
  /** With the platform's key: id or external id of the customer that calls are made for. */
  customerId?: string | undefined;
  /** How long to wait for an answer. A minute when absent. */
  timeoutMs?: number | undefined;
};

/** Everything that a key can ask Fanfare: `fanfare.webhooks.list()`. Refusals are FanfareErrors. */
export type FanfareClient = Omit<Calls, "events"> & {
  events: Calls["events"] & { publish: Publish };
  live: {
    /**
     * Follows deliveries, also across lost connections: `for await (const { delivery } of fanfare.live.deliveries())`.
     * Ends when the loop is left, or the signal says so.
     */
    deliveries(input?: LiveInput, options?: CallOptions): AsyncGenerator<DeliveryChange, void>;
  };
};

/**
 * Makes a client. Queries, publishing under one id, and making a webhook under one key are asked again while Fanfare cannot be reached, is busy or
 * without its database (429, 502, 503, 504), up to five times and no earlier than it says. Everything else is asked
 * again only when nothing was done (429).
 */
export function createFanfareClient(options: ClientOptions): FanfareClient {
  const connection = connectionOf(options);
  const client: Record<string, Record<string, unknown>> = {};
  for (const [procedure, kind] of Object.entries(kinds)) {
    const [noun = "", verb = ""] = procedure.split(".");
    client[noun] = {
      ...client[noun],
      [verb]: (input?: unknown, { signal, idempotencyKey }: RepeatableOptions = {}) => {
        const key = kind === "repeatable" ? (idempotencyKey ?? crypto.randomUUID()) : undefined;
        const asked = { procedure, isQuery: kind === "query", input, idempotencyKey: key, signal };
        return withRetries(() => ask(connection, asked), { isSafe: kind !== "mutation", signal });
      },
    };
  }
  const publish = (given: NewEvent | readonly NewEvent[], { signal }: CallOptions = {}) => {
    const asked = { procedure: "events.publish", isQuery: false, input: withIds(given), signal };
    return withRetries(() => ask(connection, asked), { isSafe: true, signal });
  };
  const deliveries: FanfareClient["live"]["deliveries"] = (input, more) =>
    liveDeliveries(connection, input, more);
  return {
    ...client,
    events: { ...client.events, publish },
    live: { deliveries },
  } as unknown as FanfareClient; // its methods are those of `kinds`, which are made with their types
}

function connectionOf({ url, apiKey, customerId, timeoutMs = 60_000 }: ClientOptions): Connection {
  return {
    url: url.replace(/\/+$/, ""),
    headers: { "x-api-key": apiKey, ...(customerId && { "x-customer-id": customerId }) },
    timeoutMs,
  };
}

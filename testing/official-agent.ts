import { Client, ProtocolError, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import type { App } from "./app";
import { type Receiver, standardHeaders } from "./receiver";

export type SubscribeParams = {
  name: string;
  arguments: Record<string, unknown>;
  delivery: { mode: string; url: string; secret: string };
  cursor?: string | null;
  maxAgeMs?: number;
  ttlMs?: number | null;
};

/** What MCP Events promises of an answer, which the official client knows nothing of yet. */
const subscribed = z.looseObject({
  id: z.string(),
  refreshBefore: z.iso.datetime({ offset: true }),
  cursor: z.string(),
  truncated: z.boolean(),
});
const event = z.looseObject({
  name: z.string(),
  description: z.string(),
  delivery: z.array(z.string()),
  inputSchema: z.looseObject({}),
  payloadSchema: z.looseObject({}),
});
const listed = z.looseObject({ events: z.array(event), nextCursor: z.string().optional() });

/** An agent that speaks by the official client, of today's protocol or of the one before it. */
export async function connectOfficially(app: App, key: string, mode: "auto" | "legacy" = "auto") {
  const client = new Client({ name: "an agent of a test", version: "1" }, { versionNegotiation: { mode } });
  const requestInit = { headers: { authorization: `Bearer ${key}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${app.url}/mcp`), { requestInit }));
  const request = <Schema extends z.ZodType>(method: string, params: object, schema: Schema) =>
    client.request({ method, params: { ...params } }, schema);
  return {
    client,
    listEvents: () => request("events/list", {}, listed),
    subscribe: (params: SubscribeParams) => request("events/subscribe", params, subscribed),
    unsubscribe: ({ name, arguments: asked, delivery: { mode, url } }: SubscribeParams) =>
      request("events/unsubscribe", { name, arguments: asked, delivery: { mode, url } }, z.looseObject({})),
  };
}

/** The error that a call was refused with. Throws where it was not. */
export async function refusal(call: Promise<unknown>): Promise<{ code: number; data: unknown }> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProtocolError)) throw error ?? new Error("It was not refused.");
  return { code: error.code, data: error.data };
}

export type AgentEvent = {
  eventId: string;
  name: string;
  timestamp: string;
  data: Record<string, unknown>;
  cursor: string;
};

/** Lets a receiver take what standardwebhooks verifies with the secret, and nothing else; answers what it took. */
export function takeVerified(receiver: Receiver, secret: string) {
  const events: AgentEvent[] = [];
  const controls: Record<string, unknown>[] = [];
  const verifier = new Webhook(secret);
  receiver.answerAlways((request) => {
    let body: unknown;
    try {
      body = verifier.verify(request.body, standardHeaders(request));
    } catch {
      return { status: 401 };
    }
    const { type, challenge } = body as { type?: string; challenge?: string };
    if (type === "verification") return { status: 200, body: JSON.stringify({ challenge }) };
    if (type === undefined) events.push(body as AgentEvent);
    else controls.push(body as Record<string, unknown>);
    return { status: 204 };
  });
  return { events, controls };
}

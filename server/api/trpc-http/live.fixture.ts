import { type Asked, toRequest } from "../api.fixture";
import { handleTrpc } from "./handle";

export type Message = { event: string; id: string | undefined; data: { id: string; status: string } };

/** Asks for a live stream as an EventSource would. */
export async function openStream(input: object = {}, asked: Asked = {}) {
  const abort = new AbortController();
  const request = toRequest("GET", `/api/trpc/live.deliveries?input=${JSON.stringify(input)}`, asked);
  const { status, headers, body } = await handleTrpc(new Request(request, { signal: abort.signal }));
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  async function next(): Promise<Message | "ended"> {
    const end = text.indexOf("\n\n");
    if (end >= 0) {
      const block = text.slice(0, end);
      text = text.slice(end).trimStart();
      return toMessage(block);
    }
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) return "ended";
    text += value;
    return next();
  }
  /** All of it, when it ends by itself. */
  async function all(): Promise<string> {
    const { done, value } = (await reader?.read()) ?? { done: true };
    return done ? "" : value + (await all());
  }
  return {
    status,
    headers,
    next,
    text: all,
    leave: () => abort.abort(),
    cancel: async () => reader?.cancel(),
  };
}

export type OpenStream = Awaited<ReturnType<typeof openStream>>;

function toMessage(block: string): Message {
  const fields = new Map(block.split("\n").map((line) => line.split(/: (.*)/s) as [string, string]));
  const data = fields.get("data");
  return {
    event: fields.get("event") ?? "message",
    id: fields.get("id"),
    data: data ? JSON.parse(data) : null,
  };
}

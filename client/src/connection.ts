import type { CancelSignal } from "./call-options";
import { FanfareError } from "./fanfare-error";
import { refusalIn } from "./refusal";

/** Where Fanfare is, and who calls. */
export type Connection = {
  /** Without a slash at its end. */
  url: string;
  headers: Record<string, string>;
  timeoutMs: number;
};

export type Asked = {
  /** `webhooks.list` */
  procedure: string;
  isQuery: boolean;
  input: unknown;
  idempotencyKey?: string | undefined;
  signal: CancelSignal | undefined;
};

/** Makes one HTTP request of tRPC's protocol and answers its data. Throws FanfareError, or the signal's reason. */
export async function ask(connection: Connection, asked: Asked): Promise<unknown> {
  const { procedure, isQuery, input, idempotencyKey, signal } = asked;
  const url = new URL(`${connection.url}/api/trpc/${procedure}`);
  const json = input === undefined ? undefined : JSON.stringify(input);
  if (isQuery && json !== undefined) url.searchParams.set("input", json);
  const named = idempotencyKey === undefined ? {} : { headers: { "idempotency-key": idempotencyKey } };
  const request = isQuery ? {} : { method: "POST", body: json ?? "{}", ...named };
  const { status, headers, text } = await answerTo(connection, url, request, signal);
  const body = parse(text);
  if (status < 300 && isResult(body)) return body.result.data;
  throw refusalIn({ status, headers, body });
}

/** The answer, read whole: one that breaks off is no answer either. */
async function answerTo(
  { headers, timeoutMs }: Connection,
  url: URL,
  request: { method?: string; body?: string; headers?: Record<string, string> },
  signal: CancelSignal | undefined,
): Promise<{ status: number; headers: Headers; text: string }> {
  const cancel = new AbortController();
  const leave = () => cancel.abort(signal?.reason);
  const timer = setTimeout(() => cancel.abort(new Error(`No answer within ${timeoutMs} ms`)), timeoutMs);
  signal?.addEventListener("abort", leave);
  if (signal?.aborted) leave();
  try {
    const response = await fetch(url, {
      ...request,
      headers: { ...headers, ...request.headers, "content-type": "application/json" },
      signal: cancel.signal,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    throw new FanfareError(`${url.origin} did not answer: ${reasonOf(cause)}`, { code: "NETWORK", cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", leave);
  }
}

/** What fetch says is "fetch failed"; why is in its cause. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause instanceof Error ? thrown.cause.message || thrown.message : thrown.message;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isResult = (body: unknown): body is { result: { data?: unknown } } =>
  typeof body === "object" && body !== null && "result" in body;

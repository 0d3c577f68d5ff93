import { request as plain } from "node:http";
import { request as secured } from "node:https";

/** A request as Fanfare would make it. */
export type Taken = { headers: Record<string, string>; body: string };

export type Outcome =
  | {
      kind: "response";
      status: number;
      headers: Record<string, string | string[]>;
      body: string;
      truncated: boolean;
      duration_ms: number;
    }
  | {
      kind: "error";
      code: "connect_reset" | "connect_timeout" | "response_timeout" | "protocol_error";
      message: string;
      duration_ms: number;
    }
  /** Nobody listens there: nothing was sent. */
  | { kind: "not_sent" };

/** Of an answer, as much as Fanfare keeps. */
const mostBodyBytes = 16_384;
const mostHeaders = 64;
const mostHeaderBytes = 15_000;
/** Less than what is taken stays ours, so that it can still be reported. */
const answerWithinMs = 50_000;

/** Makes the request on this machine, with its headers and bytes as they are. Never throws. */
export function forward(url: URL, { headers, body }: Taken, signal: AbortSignal): Promise<Outcome> {
  const startedAt = performance.now();
  const bytes = Buffer.from(body, "utf8");
  const ask = url.protocol === "https:" ? secured : plain;
  return new Promise((resolve) => {
    const took = () => performance.now() - startedAt;
    const fail = (error: NodeJS.ErrnoException) =>
      resolve(
        neverSent.has(error.code ?? "")
          ? { kind: "not_sent" }
          : { kind: "error", ...failureOf(error), duration_ms: took() },
      );
    const call = ask(
      url,
      {
        method: "POST",
        headers: { ...headers, "content-length": bytes.length },
        agent: false,
        signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]),
        rejectUnauthorized: false, // a developer's own machine has a certificate of its own making
      },
      (response) => {
        const read = readBody(response);
        read.then(
          ({ text, truncated }) =>
            resolve({
              kind: "response",
              status: response.statusCode ?? 0,
              headers: headersOf(response.headers),
              body: text,
              truncated,
              duration_ms: took(),
            }),
          fail,
        );
      },
    );
    call.on("error", fail);
    call.end(bytes);
  });
}

const neverSent = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN"]);

function failureOf(error: NodeJS.ErrnoException) {
  if (error.name === "AbortError" || error.name === "TimeoutError")
    return {
      code: "response_timeout" as const,
      message: `No answer came within ${answerWithinMs / 1_000} s.`,
    };
  if (error.code === "ECONNRESET" || error.code === "EPIPE")
    return {
      code: "connect_reset" as const,
      message: "The local server closed the connection without an answer.",
    };
  return { code: "protocol_error" as const, message: error.message.slice(0, 400) };
}

async function readBody(response: AsyncIterable<Buffer>): Promise<{ text: string; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > mostBodyBytes) break;
  }
  const body = Buffer.concat(chunks).subarray(0, mostBodyBytes);
  return { text: body.toString("base64"), truncated: length > mostBodyBytes };
}

function headersOf(all: Record<string, string | string[] | undefined>): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  let bytes = 0;
  for (const [name, value] of Object.entries(all).slice(0, mostHeaders)) {
    if (value === undefined) continue;
    bytes += name.length + String(value).length;
    if (bytes > mostHeaderBytes) break;
    kept[name] = value;
  }
  return kept;
}

import type { Attempt } from "./types";

/** Headers that the tool sets by itself. */
const implied = new Set(["content-length", "host", "connection", "accept", "accept-encoding"]);

type Sent = { url: string; headers: [string, string][]; body: string };

/** What an attempt sent, as far as it is kept: without signatures. */
export function sentRequest(attempt: Attempt, payload: string): Sent {
  return {
    url: attempt.details?.url ?? "https://example.com",
    headers: Object.entries(attempt.request.headers).filter(([name]) => !implied.has(name.toLowerCase())),
    body: payload,
  };
}

/** The same request with some headers more, or others. */
export function withHeaders(sent: Sent, headers: Record<string, string>): Sent {
  const added = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const kept = sent.headers.filter(([name]) => !added.has(name.toLowerCase()));
  return { ...sent, headers: [...kept, ...Object.entries(headers)] };
}

/** A command for a POSIX shell. Every value is quoted, so that nothing of it is run. */
export function toCurl({ url, headers, body }: Sent): string {
  const lines = [
    `curl -X POST ${shellQuote(url)}`,
    ...headers.map(([name, value]) => `-H ${shellQuote(`${name}: ${value}`)}`),
    `--data-binary ${shellQuote(body)}`,
  ];
  return lines.join(" \\\n  ");
}

export function toFetch({ url, headers, body }: Sent): string {
  return `await fetch(${JSON.stringify(url)}, {
  method: "POST",
  headers: ${JSON.stringify(Object.fromEntries(headers), null, 2).replaceAll("\n", "\n  ")},
  body: ${JSON.stringify(body)},
});`;
}

/** For a test of the endpoint's handler: the exact body and the headers beside it. */
export function toFixture({ headers, body }: Sent): string {
  return JSON.stringify({ headers: Object.fromEntries(headers), body }, null, 2);
}

const shellQuote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

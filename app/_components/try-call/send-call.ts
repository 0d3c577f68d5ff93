import { sitePath } from "@/app/_components/url/site-path";
import type { TriedRequest } from "./request-of";

export type TriedAnswer = {
  status: number;
  headers: [string, string][];
  text: string;
  durationMs: number;
};

/** Sends a call from this page. Throws, in words, when no answer came. */
export async function sendCall({ method, url, headers, body }: TriedRequest): Promise<TriedAnswer> {
  const startedAt = performance.now();
  const credentials = "X-API-KEY" in headers ? "omit" : "same-origin";
  try {
    const answer = await fetch(sitePath(url), { method, headers, body, credentials, cache: "no-store" });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: [...answer.headers],
      text,
      durationMs: Math.round(performance.now() - startedAt),
    };
  } catch {
    throw new Error("Fanfare could not be reached. Check your connection, then try again.");
  }
}

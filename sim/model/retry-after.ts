import type { Outcome } from "@/domain/delivery/outcome";

const dayMs = 24 * 60 * 60_000;

/** `Retry-After` of a 429 or 503 as RFC 9110 has it, up to a day; null for anything that asks for nothing. */
export function askedDelayMs(outcome: Outcome): number | null {
  if (outcome.kind !== "response" || ![429, 503].includes(outcome.status)) return null;
  const header = outcome.response.headers["retry-after"];
  if (typeof header !== "string") return null;
  if (/^[0-9]+$/.test(header)) return Math.min(dayMs, Number(header) * 1000);
  const date = header.endsWith(" GMT") ? Date.parse(header) : Number.NaN;
  const delayMs = date - outcome.startedAt - outcome.durationMs;
  return delayMs > 0 ? Math.min(dayMs, delayMs) : null;
}

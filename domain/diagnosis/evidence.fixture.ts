import type { ErrorCode, FailureDetail, PeerFacts, ResponseHeaders } from "../delivery/outcome";
import { type Evidence, noHistory } from "./evidence";

/** What the engine says of a failure tells nobody what it means. */
export const engineWords = "Something went wrong.";

const seen: Evidence = {
  error: null,
  detail: null,
  statusCode: null,
  headers: {},
  body: "",
  url: "https://hooks.example.com/in",
  durationMs: 40,
  timings: { dns: 1, connect: 1, tls: 3, first_byte: 30, body: 1 },
  peer: { address: "203.0.113.7", tls_version: "TLSv1.3", certificate_expires_at: null, reused: false },
  eventType: "search_completed",
  sentBytes: 1_024,
  data: {},
  rotation: null,
  history: noHistory,
};

/** An attempt that was answered. */
export const answered = (
  statusCode: number,
  headers: ResponseHeaders = {},
  body = "",
  change: Partial<Evidence> = {},
): Evidence => ({
  ...seen,
  error:
    statusCode >= 200 && statusCode < 300
      ? null
      : { code: "http_status", message: `The endpoint answered ${statusCode}.` },
  statusCode,
  headers,
  body,
  ...change,
});

/** An attempt that no answer came to. */
export const unanswered = (
  code: ErrorCode,
  detail: FailureDetail | null = null,
  facts: PeerFacts = {},
  change: Partial<Evidence> = {},
): Evidence => ({
  ...seen,
  error: { code, message: engineWords },
  detail,
  peer: { ...seen.peer, facts },
  ...change,
});

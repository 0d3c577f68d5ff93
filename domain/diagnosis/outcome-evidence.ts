import type { AttemptError, Outcome } from "../delivery/outcome";
import { type Diagnosis, diagnose } from "./diagnose";
import { diagnoseAgent } from "./diagnose-agent";
import { type Evidence, noHistory } from "./evidence";

/** A diagnosis as the platform is told it, in the JSON of an event. */
export type ToldDiagnosis = {
  code: string;
  confidence: Diagnosis["confidence"];
  meaning: string;
  next_step: string;
};

/** What one failed attempt tells by itself, at the moment at which it ends. */
export function tellOutcome(
  outcome: Outcome,
  error: AttemptError,
  sent: { url: string; eventType: string; payload: string; isAgents: boolean },
): ToldDiagnosis {
  const explained = sent.isAgents ? diagnoseAgent : diagnose;
  const answer = outcome.kind === "response" ? outcome : null;
  const { headers = {}, body } = answer?.response ?? {};
  const isReadable = body && headers["content-encoding"] === undefined;
  return told(
    explained({
      ...nothingSeen(error),
      statusCode: answer?.status ?? null,
      headers,
      body: isReadable ? new TextDecoder().decode(body) : "",
      url: sent.url,
      durationMs: outcome.durationMs,
      timings: outcome.timings,
      peer: outcome.peer,
      eventType: sent.eventType,
      sentBytes: Buffer.byteLength(sent.payload),
    }),
  );
}

/** What an error tells of which no attempt is at hand: a delivery that expired, or whose workers were lost. */
export const tellError = (error: AttemptError): ToldDiagnosis => told(diagnose(nothingSeen(error)));

const told = ({ code, confidence, meaning, nextStep }: Diagnosis): ToldDiagnosis => ({
  code,
  confidence,
  meaning,
  next_step: nextStep,
});

/** Evidence of an error alone. */
export const nothingSeen = (error: AttemptError | null): Evidence => ({
  error: error && { code: error.code, message: error.message },
  detail: error?.detail ?? null,
  statusCode: null,
  headers: {},
  body: "",
  url: null,
  durationMs: 0,
  timings: { dns: null, connect: null, tls: null, first_byte: null, body: null },
  peer: { address: null, tls_version: null, certificate_expires_at: null, reused: false },
  eventType: "",
  sentBytes: 0,
  data: null,
  rotation: null,
  history: noHistory,
});

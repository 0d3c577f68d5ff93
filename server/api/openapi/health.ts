import type { JsonSchema } from "./schemas";
import { operating } from "./tags";
import type { OpenApi, Operation } from "./types";

const status: JsonSchema = { type: "string" };

/** The calls beside the table that tell whether Fanfare runs. */
export const healthCalls: OpenApi["paths"] = {
  "/healthz": { get: healthCall("healthz", "Whether the process lives", { status }) },
  "/readyz": {
    get: healthCall(
      "readyz",
      "Whether the store can be used, by which version, and how long ago a worker was heard of",
      {
        status,
        version: status,
        workers: { type: "integer" },
        last_worker_beat_age_ms: { type: ["number", "null"] },
        mails: {
          type: "object",
          description:
            "With SMTP_URL: members whose mail waits, and for how many of them the last one failed",
          properties: { waiting: { type: "integer" }, failing: { type: "integer" } },
        },
        read_replica: {
          type: "object",
          description: "With DATABASE_READ_URL: whether lists come from it, and how old they are at most",
          properties: { in_use: { type: "boolean" }, lag_ms: { type: ["integer", "null"] } },
        },
      },
      { 503: { description: "The store cannot be used." } },
    ),
  },
};

function healthCall(
  operationId: string,
  summary: string,
  properties: Record<string, JsonSchema>,
  refusals: Operation["responses"] = {},
): Operation {
  const schema: JsonSchema = { type: "object", properties };
  return {
    operationId,
    summary,
    tags: [operating.name],
    security: [],
    parameters: [],
    responses: { 200: { description: summary, content: { "application/json": { schema } } }, ...refusals },
  };
}

import { z } from "zod";
import { type NoticeKind, noticeType } from "../notice/kinds";
import type { EventType } from "./event-type";

const time = (what: string) => z.iso.datetime({ offset: true }).describe(what);

/** The webhook that it is about, which is never the one that is told. */
const about = {
  webhook_id: z.string().describe("The webhook that it is about"),
  webhook_url: z.string().describe("Its URL at that moment"),
};
const sampleAbout = {
  webhook_id: "0193e1c4-5a07-7f3e-8b62-9d4c1e7f2a85",
  webhook_url: "https://crm.northwind.example/hooks/fanfare",
};
const startedAt = time(
  "When the first of the failures in a row began: of the incident that GET …/incidents tells",
);

const cause = z
  .looseObject({
    code: z.string().describe("A stable code, listed at /docs/causes"),
    confidence: z.enum(["certain", "likely", "unknown"]).describe("How sure that is"),
    meaning: z.string().describe("What it means, in words"),
    next_step: z.string().describe("What to do"),
  })
  .describe("Why the failure that made it an incident failed");

type Told = { description: string; data: z.ZodRawShape; sample: Record<string, unknown> };

const told: Record<NoticeKind, Told> = {
  failing: {
    description: "Another webhook of yours begins to fail: an incident begins, or goes on.",
    data: { started_at: startedAt, cause },
    sample: {
      started_at: "2026-03-19T02:11:40.318Z",
      cause: {
        code: "unavailable",
        confidence: "likely",
        meaning: "Your endpoint says that it is unavailable (503).",
        next_step: "Check whether the application is down, deploying or overloaded.",
      },
    },
  },
  recovered: {
    description: "Another webhook of yours works again: its incident ends.",
    data: {
      started_at: startedAt,
      ended_at: time("When the first delivery succeeded again"),
      held_count: z.int().min(0).describe("How many deliveries waited then, and go out now"),
    },
    sample: {
      started_at: "2026-03-19T02:11:40.318Z",
      ended_at: "2026-03-19T02:26:02.774Z",
      held_count: 34,
    },
  },
  disabling_soon: {
    description: "Another webhook of yours is about to be switched off, within a day, if nothing succeeds.",
    data: {
      earliest_at: time("When it may be switched off at the earliest"),
      failures_left: z.int().min(0).describe("How many more attempts must fail until then"),
    },
    sample: { earliest_at: "2026-03-24T02:11:40.318Z", failures_left: 1 },
  },
  disabled: {
    description:
      "Another webhook of yours is switched off by the service: after 5 days of failures, or a 410.",
    data: { reason: z.string().describe("Why, in words") },
    sample: { reason: "Every attempt of the last 5 days failed." },
  },
  certificate_expiring: {
    description: "The certificate of another webhook of yours ends soon.",
    data: { certificate_expires_at: time("When it ends") },
    sample: { certificate_expires_at: "2026-04-02T23:59:59.000Z" },
  },
  client_certificate_expiring: {
    description: "The certificate by which we are known to another webhook of yours ends soon.",
    data: { certificate_expires_at: time("When it ends") },
    sample: { certificate_expires_at: "2026-04-02T23:59:59.000Z" },
  },
  slow: {
    description: "Another webhook of yours takes nearly as long as an attempt may.",
    data: { p95_ms: z.int().min(0).describe("Of an hour's deliveries, 95 % took no longer: milliseconds") },
    sample: { p95_ms: 9_120 },
  },
};

/** What customers can be told of their own webhooks, as types of events. Only the service itself makes them. */
export const noticeEventTypes: readonly EventType[] = Object.entries(told).map(
  ([kind, { description, data, sample }]) => ({
    type: noticeType(kind as NoticeKind),
    targetType: "WEBHOOK",
    description,
    data: z.looseObject({ ...about, ...data }),
    sample: { ...sampleAbout, ...sample },
  }),
);

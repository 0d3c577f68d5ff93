import { z } from "zod";
import { list } from "../list";
import type { EventType } from "./event-type";
import { listsType } from "./lists-type";
import { noticeEventTypes } from "./notice-types";

const id = (what: string) => z.string().min(1).max(200).describe(`Id of the ${what}`);
const time = (what: string) => z.iso.datetime({ offset: true }).describe(what);
const text = (what: string) => z.string().max(2_000).describe(what);
const count = (what: string) => z.int().min(0).describe(what);

/** Far more than people name, and few enough to tell what is wrong with them. */
const maxListed = 10_000;

const subject = z
  .looseObject({
    id: id("person or company"),
    kind: z.enum(["individual", "company"]).describe("Whether it is a person or a company"),
    name: text("Full or registered name"),
  })
  .describe("Whom it is about");

const riskLevel = z.enum(["low", "medium", "high", "critical"]).describe("Assessed risk");

/**
 * The catalogue. A new type is one more entry here, and nothing else. Required is only what a receiver needs to
 * know what the event is about: platforms grow their data, and an event refused is an event lost.
 */
export const eventTypes: readonly EventType[] = [
  {
    type: "cdd_state_changed",
    targetType: "CDD",
    description: "The state of a CDD changes to either inconclusive or complete.",
    data: z.looseObject({
      cdd_id: id("CDD"),
      state: z.enum(["inconclusive", "complete"]).describe("The new state"),
      previous_state: text("The state before").optional(),
      changed_at: time("When the state changed").optional(),
      subject: subject.optional(),
      risk_level: riskLevel.optional(),
      reasons: list(text("One reason"), maxListed).describe("Why it came to this state").optional(),
    }),
    sample: {
      cdd_id: "0193a6f2-7c1e-7b3a-9d54-2f8e6a1c0b47",
      state: "complete",
      previous_state: "in_progress",
      changed_at: "2026-03-12T09:41:27.318Z",
      subject: {
        id: "0193a6f1-02d4-7e90-8a6b-51c7f3d9e284",
        kind: "company",
        name: "Northwind Trading Ltd",
      },
      risk_level: "medium",
      reasons: ["identity_verified", "ownership_resolved"],
    },
  },
  {
    type: "monitoring_alert_fired",
    targetType: "MONITORING_ALERT",
    description: "A monitoring alert is fired on failure.",
    data: z.looseObject({
      alert_id: id("alert"),
      monitor_id: id("monitor that fired").optional(),
      severity: riskLevel.describe("How serious it is").optional(),
      fired_at: time("When the alert fired").optional(),
      failure: z
        .looseObject({ code: text("A short, stable code"), message: text("What failed, in words") })
        .describe("The failure that fired it")
        .optional(),
      subject: subject.optional(),
    }),
    sample: {
      alert_id: "0193b8d0-4a6f-7c25-b1e8-93d2c7405fa6",
      monitor_id: "0193b8cf-e81b-7d42-8f07-6ab95c3e21d8",
      severity: "high",
      fired_at: "2026-03-14T02:15:09.502Z",
      failure: { code: "registry_check_failed", message: "The company was struck off the register." },
      subject: {
        id: "0193a6f1-02d4-7e90-8a6b-51c7f3d9e284",
        kind: "company",
        name: "Northwind Trading Ltd",
      },
    },
  },
  {
    type: "cdd_document_fetched",
    targetType: "CDD",
    description: "A new document is successfully added to a CDD case.",
    data: z.looseObject({
      cdd_id: id("CDD"),
      document_id: id("document"),
      name: text("File name or title").optional(),
      kind: text("What kind of document it is, such as annual_accounts").optional(),
      source: text("Where it was fetched from").optional(),
      content_type: text("Its media type").optional(),
      size_bytes: count("Its size in bytes").optional(),
      fetched_at: time("When it was added").optional(),
    }),
    sample: {
      cdd_id: "0193a6f2-7c1e-7b3a-9d54-2f8e6a1c0b47",
      document_id: "0193a702-5be3-7f18-a4c9-08d1e6b37f52",
      name: "annual-accounts-2025.pdf",
      kind: "annual_accounts",
      source: "companies_house",
      content_type: "application/pdf",
      size_bytes: 482_133,
      fetched_at: "2026-03-12T09:38:02.771Z",
    },
  },
  {
    type: "search_completed",
    targetType: "NAME_SCREENING",
    description: "A name screening search completes and results are available.",
    data: z.looseObject({
      search_id: id("search"),
      query: z
        .looseObject({
          name: text("The name searched for"),
          birth_date: z.iso.date().describe("Date of birth").optional(),
          country: z.string().length(2).describe("ISO 3166-1 alpha-2 country code").optional(),
        })
        .describe("What was searched")
        .optional(),
      hit_count: count("How many hits were found").optional(),
      lists: list(text("One list"), maxListed).describe("Which lists were searched").optional(),
      completed_at: time("When the search completed").optional(),
    }),
    sample: {
      search_id: "0193c11a-9d07-7a6e-86f3-b5e20c8d4731",
      query: { name: "Amelia Hartmann", birth_date: "1984-07-19", country: "DE" },
      hit_count: 2,
      lists: ["sanctions", "pep", "adverse_media"],
      completed_at: "2026-03-15T16:20:44.096Z",
    },
  },
  {
    type: "alert_remediated",
    targetType: "NAME_SCREENING",
    description: "A name screening alert has been remediated (all hits resolved).",
    data: z.looseObject({
      alert_id: id("alert"),
      search_id: id("search that raised it").optional(),
      outcome: z
        .enum(["false_positive", "true_match", "mixed"])
        .describe("What the hits turned out to be")
        .optional(),
      resolved_hits: count("How many hits were resolved").optional(),
      remediated_by: text("Who resolved the last hit").optional(),
      remediated_at: time("When the last hit was resolved").optional(),
    }),
    sample: {
      alert_id: "0193c13f-26b8-7e51-9c0d-7f4a81d6e3b9",
      search_id: "0193c11a-9d07-7a6e-86f3-b5e20c8d4731",
      outcome: "false_positive",
      resolved_hits: 2,
      remediated_by: "analyst@example.com",
      remediated_at: "2026-03-15T17:02:31.884Z",
    },
  },
  {
    type: "flow_run_completed",
    targetType: "FLOW_RUN",
    description: "A flow run finishes successfully (COMPLETED).",
    data: z.looseObject({
      flow_run_id: id("run"),
      flow_id: id("flow").optional(),
      flow_name: text("Name of the flow").optional(),
      status: z.literal("COMPLETED").describe("How it ended").optional(),
      started_at: time("When it started").optional(),
      finished_at: time("When it finished").optional(),
      output: z.looseObject({}).describe("What the flow produced").optional(),
    }),
    sample: {
      flow_run_id: "0193d240-b3c6-7d8f-a2e1-4c90f75b6d13",
      flow_id: "0193d1ff-07ae-7b94-8d36-e1f5a29c8047",
      flow_name: "Onboard a business customer",
      status: "COMPLETED",
      started_at: "2026-03-18T11:05:12.430Z",
      finished_at: "2026-03-18T11:07:58.219Z",
      output: { decision: "approved", risk_level: "low" },
    },
  },
  {
    type: "flow_run_failed",
    targetType: "FLOW_RUN",
    description: "A flow run fails (FAILED).",
    data: z.looseObject({
      flow_run_id: id("run"),
      flow_id: id("flow").optional(),
      flow_name: text("Name of the flow").optional(),
      status: z.literal("FAILED").describe("How it ended").optional(),
      started_at: time("When it started").optional(),
      finished_at: time("When it failed").optional(),
      error: z
        .looseObject({
          code: text("A short, stable code"),
          message: text("What went wrong, in words"),
          step: text("The step that failed").optional(),
        })
        .describe("Why it failed")
        .optional(),
    }),
    sample: {
      flow_run_id: "0193d251-8e4d-7c07-b9f2-5a16d3c08be4",
      flow_id: "0193d1ff-07ae-7b94-8d36-e1f5a29c8047",
      flow_name: "Onboard a business customer",
      status: "FAILED",
      started_at: "2026-03-18T11:31:40.067Z",
      finished_at: "2026-03-18T11:32:05.593Z",
      error: {
        code: "provider_unavailable",
        message: "The registry did not answer in time.",
        step: "fetch_register_extract",
      },
    },
  },
];

/** What a webhook can receive: what the platform publishes, and what the service itself tells. */
export const receivedTypes: readonly EventType[] = [...eventTypes, ...noticeEventTypes];

const byType = new Map(receivedTypes.map((entry) => [entry.type, entry]));

/** The names of all types that are published, in the catalogue's order. */
export const eventTypeNames: readonly string[] = eventTypes.map(({ type }) => type);

export const receivedTypeNames: readonly string[] = receivedTypes.map(({ type }) => type);

/** What a webhook that asks for these is sent as a test when nobody names a type: the first that it receives. */
export const typeForTest = (events: readonly string[]): string =>
  receivedTypeNames.find((type) => listsType(events, type)) ?? (eventTypeNames[0] as string);

/** The catalogue's entry of a type; undefined when there is no such type. */
export const findEventType = (type: string): EventType | undefined => byType.get(type);

/** The JSON Schema (2020-12) of a type's data. */
export const dataJsonSchema = (entry: EventType) => z.toJSONSchema(entry.data);

import { csvLine } from "@/domain/csv";
import type { Balance } from "@/domain/delivery/balance";
import type { ExportRow, Format } from "./record";

const columns = [
  "record",
  "event_id",
  "event_type",
  "webhook_id",
  "url",
  "accepted_at",
  "ended_at",
  "status",
  "attempts",
  "status_code",
  "error_code",
  "body_sha256",
  "signed_at",
  "detail",
] as const;

type Record = Partial<globalThis.Record<(typeof columns)[number], string | number | null>>;

/** All rows have the same columns; `record` tells deliveries from what is said of the whole. */
export const csv: Format = {
  contentType: "text/csv; charset=utf-8",
  extension: "csv",
  writer: () => ({
    begin: (about) => `${columns.join(",")}\n${lineOf({ record: "about", detail: JSON.stringify(about) })}`,
    rows: (rows) => rows.map((row) => lineOf({ record: "delivery", ...(row satisfies ExportRow) })).join(""),
    end: (summary) => lineOf({ record: "summary", detail: equationOf(summary) }),
    signature: ({ key_id, value }) => lineOf({ record: "signature", event_id: key_id, detail: value }),
  }),
};

const lineOf = (record: Record) => csvLine(columns.map((column) => record[column] ?? null));

const equationOf = ({ matched, delivered, waiting, failed, cancelled, missed }: Balance) =>
  `${matched} matched = ${delivered} delivered + ${waiting} waiting + ${failed} failed + ${cancelled} cancelled` +
  ` + ${missed} missed`;

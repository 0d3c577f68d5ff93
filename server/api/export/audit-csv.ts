import { type CsvCell, csvLine } from "@/domain/csv";
import type { AuditEntryView } from "../views/audit";

type Change = AuditEntryView["changes"][number];

const columns: [string, (entry: AuditEntryView) => CsvCell][] = [
  ["at", ({ at }) => at],
  ["action", ({ action }) => action],
  ["subject_kind", ({ subject }) => subject.kind],
  ["subject_id", ({ subject }) => subject.id],
  ["subject_name", ({ subject }) => subject.name],
  ["changes", ({ changes }) => changes.map(changeText).join("; ")],
  ["by_kind", ({ by }) => by.kind],
  ["by_id", ({ by }) => by.id],
  ["by_name", ({ by }) => by.name],
  ["by_email", ({ by }) => by.email],
  ["address", ({ by }) => by.address],
  ["user_agent", ({ by }) => by.user_agent],
  ["id", ({ id }) => id],
];

/** A line an entry, with all its changes in one cell. */
export const auditCsv = {
  contentType: "text/csv; charset=utf-8",
  begin: csvLine(columns.map(([name]) => name)),
  entry: (entry: AuditEntryView) => csvLine(columns.map(([, read]) => read(entry))),
};

const changeText = ({ field, from, to }: Change) => `${field}: ${valueText(from)} → ${valueText(to)}`;
const valueText = (value: Change["to"]) => (Array.isArray(value) ? value.join(" ") : String(value ?? "–"));

import { type CsvCell, csvLine } from "@/domain/csv";
import type { AuditEntry, Change } from "./types";

type Page = { items: AuditEntry[]; next_cursor: string | null };

/** Asks for page after page, and saves all entries as one file. Answers how many there were. */
export async function exportAuditLog(
  format: "csv" | "json",
  ask: (cursor: string | undefined) => Promise<Page>,
): Promise<number> {
  const entries: AuditEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(cursor);
    entries.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  const text = format === "csv" ? toCsv(entries) : JSON.stringify(entries, null, 2);
  saveFile(`audit-log-${new Date().toISOString().slice(0, 10)}.${format}`, text, types[format]);
  return entries.length;
}

const types = { csv: "text/csv;charset=utf-8", json: "application/json" };

const columns: [string, (entry: AuditEntry) => CsvCell][] = [
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

/** A line an entry, under the names that the API has. */
export const toCsv = (entries: AuditEntry[]): string =>
  [
    csvLine(columns.map(([name]) => name)),
    ...entries.map((entry) => csvLine(columns.map(([, read]) => read(entry)))),
  ].join("");

const changeText = ({ field, from, to }: Change) => `${field}: ${valueText(from)} → ${valueText(to)}`;
const valueText = (value: Change["to"]) => (Array.isArray(value) ? value.join(" ") : String(value ?? "–"));

function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

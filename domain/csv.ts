/** What one cell says; null is empty. */
export type CsvCell = string | number | boolean | null;

/** One line of CSV with its end, quoted as RFC 4180 has it. */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(toText).join(",")}\n`;

function toText(cell: CsvCell): string {
  if (cell === null) return "";
  const text = typeof cell === "string" ? guarded(cell) : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Spreadsheets run a text as a formula that begins with one of these, also behind blanks, and what is in a cell was
 * written by others. An apostrophe makes it a text again (OWASP, "CSV Injection").
 */
const guarded = (text: string) => (/^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text);

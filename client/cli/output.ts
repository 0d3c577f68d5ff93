import { environment } from "./environment";
import { FanfareError } from "./fanfare";

const isTerminal = () => process.stdout.isTTY === true;
const isColoured = () => isTerminal() && environment.hasColour;

const colours = { red: 31, green: 32, yellow: 33, grey: 90, bold: 1 };
type Colour = keyof typeof colours;

/** The text in a colour, where a person looks at it. */
export const coloured = (colour: Colour, text: string) =>
  isColoured() ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text;

export const say = (text: string) => void process.stdout.write(`${printable(text)}\n`);
/** What is said beside the result, such as progress. */
export const sayAside = (text: string) => void process.stderr.write(`${printable(text)}\n`);

/**
 * The text without what would steer a terminal, but for lines and the colours above: receivers, agents and events write
 * much of it. Where that is JSON, it stays the same JSON.
 */
export const printable = (text: string) =>
  text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (found, at: number) =>
    found === "\n" || found === "\t" || isColour(text.slice(at)) ? found : escaped(found),
  );

const sequences = [0, ...Object.values(colours)].map((code) => `\u001b[${code}m`);
const isColour = (rest: string) => sequences.some((each) => rest.startsWith(each));
const escaped = (found: string) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`;

export const printJson = (value: unknown) => say(JSON.stringify(value, null, 2));
/** One of many, each on a line of its own. */
export const printLine = (value: unknown) => say(JSON.stringify(value));

export const toneOf = (status: string): Colour =>
  (({ delivered: "green", active: "green", failed: "red", failing: "red", pending: "yellow" }) as const)[
    status
  ] ?? "grey";

/** A column: its title, and what stands in it. The one that `gives` is cut where a line is too long for the terminal. */
export type Column<Row> = {
  title: string;
  of: (row: Row) => string;
  tone?: (row: Row) => Colour;
  gives?: true;
};

export function printTable<Row>(rows: Row[], columns: Column<Row>[]): void {
  const widths = columns.map(({ title, of }) => Math.max(title.length, ...rows.map((row) => of(row).length)));
  const gives = columns.findIndex(({ gives }) => gives);
  const over = widths.reduce((sum, width) => sum + width + 2, -2) - (process.stdout.columns ?? Infinity);
  if (gives >= 0 && over > 0) widths[gives] = Math.max(8, (widths[gives] ?? 0) - over);
  const fit = (text: string, index: number) => {
    const width = widths[index] ?? 0;
    const cut = text.length > width ? `${text.slice(0, width - 1)}…` : text;
    return index === columns.length - 1 ? cut : cut.padEnd(width);
  };
  say(coloured("bold", columns.map(({ title }, index) => fit(title, index)).join("  ")));
  for (const row of rows)
    say(
      columns
        .map(({ of, tone }, index) => {
          const text = fit(of(row), index);
          return tone ? coloured(tone(row), text) : text;
        })
        .join("  ")
        .trimEnd(),
    );
}

/** Names and values, one on a line. */
export function printFacts(facts: [string, string | null][]): void {
  const told = facts.filter((fact): fact is [string, string] => fact[1] !== null);
  const width = Math.max(...told.map(([name]) => name.length));
  for (const [name, value] of told) say(`${coloured("grey", name.padEnd(width))}  ${value}`);
}

/** As people write it: to the second, in UTC. */
export const when = (iso: string | null) =>
  iso === null ? "–" : `${iso.slice(0, 10)} ${iso.slice(11, 19)}Z`;

export function tellError(error: Error, isJson: boolean): void {
  const told = error instanceof FanfareError ? error : null;
  if (isJson) {
    const { code = "FAILED", httpStatus = null, errors = [], requestId = null } = told ?? {};
    sayAside(
      JSON.stringify({ error: error.message, code, http_status: httpStatus, errors, request_id: requestId }),
    );
    return;
  }
  sayAside(`error: ${error.message}`);
  const [, ...others] = told?.errors ?? []; // the sentence tells the first
  for (const { path, message } of others) sayAside(`  ${path.join(".") || "input"}: ${message}`);
}

export const usageAsJson = (text: string) =>
  `${JSON.stringify({ error: text.trim().replace(/^error: /, ""), code: "USAGE", http_status: null, errors: [] })}\n`;

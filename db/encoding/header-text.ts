import type { ResponseHeaders } from "@/domain/delivery/outcome";

// Nearly every answer has the same few headers, which take more space than all else that is kept of it. What is stored
// stands for its place in these lists: they may only grow, at their ends, up to 26 each.

/** Whole headers, stored as one letter from A on. */
const lines = [
  "connection: keep-alive",
  "connection: close",
  "keep-alive: timeout=5",
  "transfer-encoding: chunked",
  "content-length: 0",
  "content-length: 2",
  "content-type: application/json",
  "content-type: application/json; charset=utf-8",
  "content-type: text/plain",
  "content-type: text/plain; charset=utf-8",
  "content-type: text/html; charset=utf-8",
  "server: nginx",
  "server: cloudflare",
  "x-powered-by: Express",
  "vary: Accept-Encoding",
  "cache-control: no-cache",
  "cache-control: no-store",
  "cf-cache-status: DYNAMIC",
  "x-content-type-options: nosniff",
  "x-frame-options: SAMEORIGIN",
];

/** Names, stored as one letter from a on, before the value. */
const names = [
  "content-type",
  "content-length",
  "server",
  "cache-control",
  "etag",
  "x-request-id",
  "x-amzn-requestid",
  "x-amzn-trace-id",
  "cf-ray",
  "via",
  "vary",
  "set-cookie",
  "strict-transport-security",
  "x-powered-by",
  "keep-alive",
  "alt-svc",
  "access-control-allow-origin",
  "content-encoding",
  "last-modified",
  "expires",
];

/** No headers take up more than this beyond the text that is stored of them. */
export const savedHeaderBytes = [...lines, ...names].reduce((sum, text) => sum + text.length, 0);

/** By name, then by value: this runs for each header of each attempt. */
const letterOfLine = new Map<string, Map<string, string>>();
for (const [index, line] of lines.entries()) {
  const [name, value] = parts(line, ": ");
  const ofName = letterOfLine.get(name) ?? new Map<string, string>();
  letterOfLine.set(name, ofName.set(value, letter("A", index)));
}
const letterOfName = new Map(names.map((name, index) => [name, letter("a", index)]));
const plainName = /^[!-9;-~]*$/;
const plainValue = /^[ -~\u00a0-\u00ff]*$/;

/** One header a line. As JSON, when one of them has several values or might not survive that. */
export function headerText(headers: ResponseHeaders): string {
  const entries: string[] = [];
  for (const name in headers) {
    const entry = entryOf(name, headers[name] ?? "");
    if (entry === null) return JSON.stringify(headers);
    entries.push(entry);
  }
  return entries.join("\n");
}

function entryOf(name: string, value: string | string[]): string | null {
  if (typeof value !== "string") return null;
  const line = letterOfLine.get(name)?.get(value);
  if (line !== undefined) return line;
  if (name === "date") {
    const seconds = secondsOf(value);
    if (seconds !== null) return `@${seconds}`;
  }
  if (!plainValue.test(value)) return null;
  const known = letterOfName.get(name);
  if (known !== undefined) return known + value;
  return plainName.test(name) ? `:${name}:${value}` : null;
}

/** Most answers of a moment are of the same second. */
let latest = { date: "", seconds: null as string | null };

/** In base 36; null when the date is not written as HTTP writes it. */
function secondsOf(date: string): string | null {
  if (date === latest.date) return latest.seconds;
  const ms = Date.parse(date);
  const isUsual = !Number.isNaN(ms) && utcDate(ms / 1000) === date;
  latest = { date, seconds: isUsual ? (ms / 1000).toString(36) : null };
  return latest.seconds;
}

/** What `headerText` made it of. */
export function headersIn(text: string): ResponseHeaders {
  if (text.startsWith("{")) return JSON.parse(text);
  if (text === "") return {};
  return Object.fromEntries(text.split("\n").map(headerIn));
}

function headerIn(entry: string): [name: string, value: string] {
  const [first = "", rest] = [entry[0], entry.slice(1)];
  if (first === "@") return ["date", utcDate(Number.parseInt(rest, 36))];
  if (first === ":") return parts(rest, ":");
  if (first < "a") return parts(lines[first.charCodeAt(0) - 65] ?? "", ": ");
  return [names[first.charCodeAt(0) - 97] ?? "", rest];
}

function parts(text: string, separator: string): [string, string] {
  const end = text.indexOf(separator);
  return [text.slice(0, end), text.slice(end + separator.length)];
}

const utcDate = (seconds: number) => new Date(seconds * 1000).toUTCString();

function letter(first: string, index: number): string {
  return String.fromCharCode(first.charCodeAt(0) + index);
}

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

const letterOfLine = new Map(lines.map((line, index) => [line, letter("A", index)]));
const letterOfName = new Map(names.map((name, index) => [name, letter("a", index)]));

const plainName = /^[!-9;-~]*$/;
const plainValue = /^[ -~\u00a0-\u00ff]*$/;

/** One header a line. As JSON, when one of them has several values or might not survive that. */
export function headerText(headers: ResponseHeaders): string {
  const entries: string[] = [];
  for (const name in headers) {
    const value = headers[name];
    if (typeof value !== "string" || !plainName.test(name) || !plainValue.test(value)) {
      return JSON.stringify(headers);
    }
    entries.push(entryOf(name, value));
  }
  return entries.join("\n");
}

function entryOf(name: string, value: string): string {
  const line = letterOfLine.get(`${name}: ${value}`);
  if (line !== undefined) return line;
  const seconds = name === "date" ? secondsOf(value) : null;
  if (seconds !== null) return `@${seconds.toString(36)}`;
  return `${letterOfName.get(name) ?? `:${name}:`}${value}`;
}

/** Null when it is not written as HTTP writes it. */
function secondsOf(date: string): number | null {
  const ms = Date.parse(date);
  return !Number.isNaN(ms) && utcDate(ms / 1000) === date ? ms / 1000 : null;
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

/**
 * The headers that we send, out of whatever a log prints. Logs know dozens of forms (lines, JSON, `print_r`, a Python
 * dict, Go's map, a CGI environment, HAR …), and we know all names: so each name is looked for, and the value is
 * what stands behind it, past whatever a form puts between the two. Each character is looked at a few times at most.
 */

/**
 * What CGI, Rack, WSGI and PHP make of a name begins with HTTP_ and has lines below. A line may break before a name by
 * the two characters of an escape.
 */
const sentName =
  /(?:(?<=\\[nrt])|(?<![a-z0-9]))(http_)?(x[-_](?:signature(?:[-_](?:next|previous))?|webhook[-_]id|event[-_](?:id|name)|customer[-_]id|target[-_]type|attempt(?:[-_]reason)?)|webhook[-_](?:id|timestamp|signature)|content[-_](?:type|length|encoding)|user[-_]agent)(?![\w-])/gi;

/** What forms put between a name and its value: quotes, brackets, arrows, `"value":` of HAR, `Array ( [0] =>` of PHP. */
const between =
  /(?:\[\d{1,4}\](?=\s?=>)|\d{1,3}(?=\s?=>)|\(\d{1,6}\)|[bu](?=["'])|\b(?:value|key|name|array|string)\b|-(?=[\s>])|[\s"'`\\\][(){}<>:=,|;]){0,200}/iy;

const longestValue = 2_000;

type Found = { name: string; value: string; rank: number };

/** Header names in lower case with their values; of several values of a name, the one that looks most like one. */
export function parseHeaderText(text: string): Record<string, string> {
  const best = new Map<string, Found>();
  for (const found of headersIn(unescaped(text))) {
    const known = best.get(found.name);
    if (!known || found.rank > known.rank) best.set(found.name, found);
  }
  return Object.fromEntries([...best.values()].map(({ name, value }) => [name, value]));
}

/** JSON in PHP writes `\/`, Gson and .NET write `\u003d` and `\u002B`. */
const unescaped = (text: string) =>
  text
    .replaceAll("\\/", "/")
    .replace(/\\u00([2-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

function headersIn(text: string): Found[] {
  const names = [...text.matchAll(sentName)];
  return names.flatMap((match, index) => {
    const [written, isCgi, ownName = written] = match;
    const start = match.index;
    const end = start + written.length;
    const limit = Math.min(names[index + 1]?.index ?? text.length, end + longestValue);
    const value = valueAfter(text, start, end, limit);
    if (value === null) return [];
    const name = ownName.toLowerCase().replaceAll("_", "-");
    const isWhole = isCgi !== undefined || ownName.includes("-");
    const rank = (value === "" ? 0 : 1) + (isWhole ? 1 : 0) + (looksRight(name, value) ? 2 : 0);
    return [{ name, value, rank }];
  });
}

/** Null where the name is only mentioned. */
function valueAfter(text: string, start: number, end: number, limit: number): string | null {
  between.lastIndex = end;
  const gap = between.exec(text)?.[0].slice(0, limit - end) ?? "";
  if (!/[:=,>|\t\n]|["']\s{1,4}["']/.test(gap)) return null;
  const from = end + gap.length;
  const rest = text.slice(from, limit);
  if (gap.includes("\n") && nextName.test(rest)) return "";
  const closer = closerOf(text.charAt(from - 1)) ?? openedBefore(text, start, gap);
  return closer === null ? firstWords(rest) : upTo(rest, closer);
}

/** Another name, on the line behind one that has no value. */
const nextName = /^(?!sha256=)[\w-]{1,60}["'\]]{0,2}[ \t]{0,4}[:=]/;

const closers: Record<string, string> = {
  '"': '"',
  "'": "'",
  "`": "`",
  "[": "]",
  "(": ")",
  "{": "}",
};
const closerOf = (opener: string) => closers[opener] ?? null;

/** The quote around name and value together, as in `-H 'X-Signature: …'`. */
function openedBefore(text: string, start: number, gap: string): string | null {
  const opener = text.charAt(start - 1);
  return /["'`]/.test(opener) && !gap.startsWith(opener) && !gap.startsWith("\\") ? opener : null;
}

/** No value of ours holds a line break or a backslash: that one begins a break or a quote of a text within a text. */
function upTo(rest: string, closer: string): string {
  if (/^[[({]/.test(rest)) return ""; // nested deeper than any form
  const ends = [closer, "\n", "\\"].map((each) => rest.indexOf(each)).filter((at) => at >= 0);
  return rest.slice(0, Math.min(rest.length, ...ends)).trim();
}

/** Without anything around it, a value ends at the first blank; of signatures there may be several. */
function firstWords(rest: string): string {
  const [line = ""] = rest.split("\n", 1);
  const [first = "", ...others] = line.trim().split(/\s/);
  if (!/^v\d/.test(first)) return cut(first, /[,;|&"'`()[\]{}<>\\]/);
  const end = others.findIndex((word) => !/^v\d/.test(word));
  const signatures = [first, ...others.slice(0, end < 0 ? others.length : end)];
  return signatures.map((word) => cut(word, /[;|&"'`()[\]{}<>\\]|,$/)).join(" ");
}

function cut(word: string, stop: RegExp): string {
  const at = word.search(stop);
  return at < 0 ? word : word.slice(0, at);
}

function looksRight(name: string, value: string): boolean {
  if (name === "webhook-signature") return value.startsWith("v1,");
  if (name.startsWith("x-signature")) return /^(?:sha256=)?[0-9a-f]{32}/i.test(value);
  if (name === "webhook-timestamp") return /^\d{9,16}$/.test(value);
  return value !== "";
}

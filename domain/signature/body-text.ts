import { jsonIn } from "./body-difference";

/** A body that a pasted text may stand for, and how the text shows it; null when it stands there as it is. */
export type PossibleBody = { body: string; shownAs: string | null };

/** How many of a text's literals and lists are looked at. */
const looks = 4;

/** The bodies that a pasted text may stand for, the likeliest first: the text itself, then what it spells. */
export function bodiesIn(text: string): PossibleBody[] {
  return [{ body: text, shownAs: null }, ...bodiesWithin(text)];
}

/** The bodies that stand inside of a text which holds more than a body: a request, an event of a gateway, a log's line. */
export function bodiesWithin(text: string): PossibleBody[] {
  const literals = literalsIn(text);
  const within = literals.flatMap((literal) => literalsIn(literal)); // a log's line that is JSON within JSON
  const found = [
    ...[...literals, ...within].map((body) => ({ body, shownAs: "a quoted string" })),
    ...encodedIn(text),
    ...afterHeaders(text),
    ...bracesIn(text),
  ];
  return found.filter(
    ({ body }, index) => body !== text && found.findIndex((b) => b.body === body) === index,
  );
}

const opening = /(["'`])(?=\s{0,9}(?:\\{0,3}["'])?\s{0,9}[{[])/g;

/** What string literals spell that begin like JSON: of JSON, JavaScript, Python, Ruby, PHP and Go. */
function literalsIn(text: string): string[] {
  const found: string[] = [];
  for (const { index, 0: quote } of text.matchAll(opening)) {
    const end = closingQuote(text, index + 1, quote);
    if (end < 0) continue;
    found.push(spelled(text.slice(index + 1, end)));
    if (found.length === looks) break;
  }
  return found;
}

function closingQuote(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === quote) return at;
  }
  return -1;
}

const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", 0: "\0" };
const escapedCharacter = /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([\s\S]))/gi;

/** The text that a literal spells. `\xNN` is a byte in Ruby, Go and Python's bytes, and a character elsewhere. */
function spelled(inner: string): string {
  if (!inner.includes("\\")) return inner;
  const isBytes = /\\x[89a-f]/i.test(inner);
  const text = inner.replace(escapedCharacter, (_, point, unit, byte, other) => {
    const code = point ?? unit;
    if (code !== undefined) return fromCode(Number.parseInt(code, 16));
    if (byte !== undefined) return String.fromCharCode(Number.parseInt(byte, 16));
    return escapes[other] ?? other;
  });
  return isBytes ? (utf8(Buffer.from(text, "latin1")) ?? text) : text;
}

const fromCode = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : "");

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function utf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** Bytes as numbers, hex or base64. */
function encodedIn(text: string): PossibleBody[] {
  const found: [Uint8Array | null, string][] = [
    [bufferIn(text), "a Buffer"],
    ...listsIn(text).map((bytes): [Uint8Array, string] => [bytes, "a list of bytes"]),
    [hexIn(text), "hex"],
    [base64In(text), "base64"],
  ];
  return found.flatMap(([bytes, shownAs]) => {
    const body = bytes && utf8(bytes);
    return body ? [{ body, shownAs }] : [];
  });
}

/** Node's `<Buffer 7b 22 … 32 more bytes>`, which shows the first 50. */
function bufferIn(text: string): Uint8Array | null {
  const at = text.indexOf("<Buffer ");
  if (at < 0) return null;
  const [shown = ""] = text.slice(at + "<Buffer ".length).split(/ \.\.\.|>/, 1);
  return Buffer.from(shown.replaceAll(" ", ""), "hex");
}

/** `[123 34 …]` of Go, `[123, 34, -61 …]` of Java and of JSON. */
function listsIn(text: string): Uint8Array[] {
  const lists = [];
  for (const { index } of text.matchAll(/\[\s?123[ ,]/g)) {
    const end = text.indexOf("]", index);
    if (end > 0)
      lists.push(
        Uint8Array.from(
          text
            .slice(index + 1, end)
            .split(/[\s,]/)
            .filter(Boolean)
            .map(Number),
        ),
      );
    if (lists.length === looks) break;
  }
  return lists;
}

/** JSON begins with a brace: 7b in hex, `ey` (or `ew` before a break) in base64. */
function hexIn(text: string): Uint8Array | null {
  const digits = text.trim();
  return /^7b[0-9a-f]+$/i.test(digits) ? Buffer.from(digits, "hex") : null;
}

function base64In(text: string): Uint8Array | null {
  const found = /(?:^|["'])(e[yw][\w+/-]{18,}={0,2})/.exec(text.trim())?.[1];
  return found ? Buffer.from(found, "base64") : null;
}

/** A request as text: what stands behind the first empty line, if lines with names stand before it. */
function afterHeaders(text: string): PossibleBody[] {
  const end = /\n[> \t]{0,4}\r?\n/.exec(text);
  if (!end || !/^[^\n]{0,200}[\w-]:/.test(text)) return [];
  return withAndWithoutBreak(text.slice(end.index + end[0].length), "what stands behind the headers");
}

/** From the first brace to the last one, as behind a timestamp or a name. */
function bracesIn(text: string): PossibleBody[] {
  const [from, to] = [text.indexOf("{"), text.lastIndexOf("}")];
  const body = text.slice(from, to + 1);
  const isAlone = body === text.trim(); // blanks around a body are told, not passed over
  return from >= 0 && to > from && !isAlone && jsonIn(body)
    ? [{ body, shownAs: "part of a longer text" }]
    : [];
}

function withAndWithoutBreak(body: string, shownAs: string): PossibleBody[] {
  const without = body.replace(/\r?\n$/, "");
  return [without, body].map((each) => ({ body: each, shownAs }));
}

/** What logs print of a body that is no bytes any more, and what it is. */
const objects: [RegExp, string][] = [
  [/^\[object \w{1,40}\]$/, "an object that was made a string: its content is lost"],
  [/^\[B@[0-9a-f]{1,8}$/, "the name of a Java array: print new String(bytes, UTF_8)"],
  [/^#<\w[\w:]{0,60}[^\n]{0,200}>$/, "the name of a Ruby object: read it first"],
  [/^<[\w.]{1,60} object at 0x[0-9a-f]{1,16}>$/, "the name of a Python object: read it first"],
  [/^Resource id #\d{1,6}$/, "the name of a PHP stream: read it first"],
  [/^(?:System|Microsoft)\.[\w.]{1,80}$/, "the name of a .NET type: read it first"],
  [
    /^<Buffer [0-9a-f ]{1,200}\.\.\. \d{1,9} more bytes>$/,
    "the first 50 bytes of a Buffer: print it with toString()",
  ],
];

/** How languages print what a parser made of JSON. */
const parsed: [RegExp, string][] = [
  [/^\s{0,9}Array\s{0,9}\(/, "PHP's print_r of a parsed array"],
  [/^\s{0,9}array\(\d{1,6}\) \{/, "PHP's var_dump of a parsed array"],
  [/^\s{0,9}array \(/, "PHP's var_export of a parsed array"],
  [/^\s{0,9}map\[/, "a Go map"],
  [/^\s{0,9}\{\s{0,9}"[^"\n]{1,80}"\s?=>/, "a Ruby hash"],
  [/^\s{0,9}\{\s{0,9}'[^'\n]{1,80}': /, "a Python dict"],
  [/^\s{0,9}\{\s{0,9}\w{1,80}: /, "a JavaScript object"],
  [/^\s{0,9}\{\s{0,9}\w{1,80}=/, "a Java map"],
];

/** What a pasted body is that never came over the wire like this; null when it may have. */
export function printedValue(text: string): { words: string; isParsed: boolean } | null {
  const trimmed = text.length > 4_000 ? text.trimStart() : text.trim();
  const object = objects.find(([shape]) => shape.test(trimmed));
  if (object) return { words: object[1], isParsed: false };
  const value = parsed.find(([shape]) => shape.test(trimmed));
  return value ? { words: value[1], isParsed: true } : null;
}

import { jsonIn, jsonTokens } from "./body-difference";

/** What somebody's serialiser makes of our JSON when a body is parsed and printed again, and who does that. */
export type Reprint = { text: string; words: string };

/** How the usual serialisers print a JSON text again, in the order of how often people meet them; none for no JSON. */
export function reprints(json: string): Reprint[] {
  const parsed = jsonIn(json);
  if (parsed === null) return [];
  const tokens = jsonTokens(json);
  const { value } = parsed;
  const made: Reprint[] = [
    { text: JSON.stringify(value), words: "as JSON.stringify prints it" },
    { text: printed(tokens, spaced, ascii), words: "as Python's json.dumps prints it" },
    {
      text: printed(tokens, spaced, same),
      words: "as Python's json.dumps with ensure_ascii=False prints it",
    },
    { text: printed(tokens, tight, ascii), words: "printed compactly with \\u escapes" },
    { text: printed(tokens, tight, php), words: "as PHP's json_encode prints it" },
    { text: printed(tokens, tight, same), words: "printed without whitespace" },
    { text: htmlSafe(JSON.stringify(sorted(value))), words: "as Go's json.Marshal prints a map" },
    { text: htmlSafe(JSON.stringify(value)), words: "with <, > and & escaped" },
    { text: printed(tokens, tight, dotnet), words: "as .NET's JsonSerializer prints it" },
    { text: JSON.stringify(sorted(value)), words: "with sorted keys" },
    {
      text: printed(jsonTokens(JSON.stringify(sorted(value))), spaced, ascii),
      words: "as Python's json.dumps with sorted keys prints it",
    },
    { text: JSON.stringify(value, null, 2), words: "with indentation" },
    { text: JSON.stringify(value, null, 4), words: "with indentation" },
    { text: JSON.stringify(json), words: "as a JSON string, printed twice" },
  ];
  return made.filter(({ text }, index) => text !== json && made.findIndex((m) => m.text === text) === index);
}

type Marks = { comma: string; colon: string };
const spaced: Marks = { comma: ", ", colon: ": " };
const tight: Marks = { comma: ",", colon: ":" };

function printed(
  tokens: readonly string[],
  { comma, colon }: Marks,
  spell: (text: string) => string,
): string {
  return tokens
    .map((token) => {
      if (token === ",") return comma;
      if (token === ":") return colon;
      return token.startsWith('"') ? spell(token) : token;
    })
    .join("");
}

const same = (token: string) => JSON.stringify(JSON.parse(token));
const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
const ascii = (token: string) => same(token).replace(/[^\0-\x7f]/g, escaped);
const php = (token: string) => ascii(token).replaceAll("/", "\\/");
const dotnet = (token: string) =>
  `"${same(token)
    .slice(1, -1)
    .replaceAll('\\"', "\\u0022")
    .replaceAll("+", "\\u002B")
    .replace(/[^\0-\x7f]|[<>&'`]/g, (unit) => escaped(unit).toUpperCase().replace("U", "u"))}"`;
const htmlSafe = (json: string) => json.replace(/[<>&\u2028\u2029]/g, escaped);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

import { type FieldError, maxFieldErrors } from "../errors";
import { exactDigits, survivesAsDouble } from "./json-number";

type Path = (string | number)[];

/** Of what is told in an answer, which must not outgrow its question. */
const maxKeyLength = 200;

const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const plus = 0x2b;
const dot = 0x2e;
const zero = 0x30;
const nine = 0x39;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Reads JSON text in one pass. `JSON.parse` would be silent about changed numbers and repeated keys. */
export function readJson(text: string, maxDepth: number): { value: unknown } | { errors: FieldError[] } {
  const reader = new Reader(text, maxDepth);
  try {
    const value = reader.readDocument();
    return reader.problems.length === 0 ? { value } : { errors: reader.problems };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { errors: reader.problems };
  }
}

/** Thrown where reading on makes no sense, after the problem was noted. */
class Stop extends Error {}

class Reader {
  readonly problems: FieldError[] = [];
  private readonly path: Path = [];
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly maxDepth: number,
  ) {}

  readDocument(): unknown {
    const value = this.readValue();
    this.skipSpace();
    if (this.at < this.text.length) this.stop("expected the end");
    return value;
  }

  private readValue(): unknown {
    this.skipSpace();
    const code = this.text.charCodeAt(this.at);
    if (code === quote) return this.readString();
    if (code === openBrace) return this.readObject();
    if (code === openBracket) return this.readArray();
    if (code === minus || (code >= zero && code <= nine)) return this.readNumber();
    if (this.takeWord("true")) return true;
    if (this.takeWord("false")) return false;
    if (this.takeWord("null")) return null;
    return this.stop("expected a value");
  }

  private readObject(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.open();
    if (this.take(closeBrace)) return object;
    do {
      this.skipSpace();
      if (this.text.charCodeAt(this.at) !== quote) this.stop("expected a key in double quotes");
      const key = this.readString();
      this.skipSpace();
      if (!this.take(colon)) this.stop("expected a colon");
      this.path.push(key);
      if (Object.hasOwn(object, key)) this.note("This key is there twice.", "duplicate_key");
      setOwn(object, key, this.readValue());
      this.path.pop();
      this.skipSpace();
    } while (this.take(comma));
    if (!this.take(closeBrace)) this.stop("expected a comma or }");
    return object;
  }

  private readArray(): unknown[] {
    const array: unknown[] = [];
    this.open();
    if (this.take(closeBracket)) return array;
    do {
      this.path.push(array.length);
      array.push(this.readValue());
      this.path.pop();
      this.skipSpace();
    } while (this.take(comma));
    if (!this.take(closeBracket)) this.stop("expected a comma or ]");
    return array;
  }

  private open(): void {
    if (this.path.length >= this.maxDepth) {
      this.note("This lies too deep in objects and arrays.", "too_deep");
      throw new Stop();
    }
    this.at += 1;
    this.skipSpace();
  }

  private readString(): string {
    const { text } = this;
    const start = this.at;
    let end = start + 1;
    let hasEscapes = false;
    for (;;) {
      const code = text.charCodeAt(end);
      if (code === quote) break;
      if (code === backslash) {
        hasEscapes = true;
        end += 2;
      } else if (code >= 0x20) {
        end += 1;
      } else {
        this.at = Math.min(end, text.length);
        this.stop("a string holds a control character or never ends");
      }
    }
    this.at = end + 1;
    return hasEscapes ? this.unescape(start, end + 1) : text.slice(start + 1, end);
  }

  private unescape(start: number, end: number): string {
    try {
      return JSON.parse(this.text.slice(start, end));
    } catch {
      this.at = start;
      return this.stop("a string holds a bad escape");
    }
  }

  private readNumber(): number {
    const { text } = this;
    const start = this.at;
    this.take(minus);
    if (this.take(zero)) {
      if (this.isDigit()) this.stop("a number may not begin with 0");
    } else this.takeDigits();
    if (this.take(dot)) this.takeDigits();
    const isPlain = this.at - start <= exactDigits;
    const code = text.charCodeAt(this.at) | 0x20;
    const hasExponent = code === 0x65;
    if (hasExponent) {
      this.at += 1;
      if (!this.take(plus)) this.take(minus);
      this.takeDigits();
    }
    const literal = text.slice(start, this.at);
    const value = Number(literal);
    if ((isPlain && !hasExponent) || survivesAsDouble(literal, value)) return value;
    this.note(
      "This number is too large or too precise to be kept exactly. Where the data is yours, send it as a string.",
      "inexact_number",
    );
    return value;
  }

  private takeDigits(): void {
    if (!this.isDigit()) this.stop("expected a digit");
    while (this.isDigit()) this.at += 1;
  }

  private isDigit(): boolean {
    const code = this.text.charCodeAt(this.at);
    return code >= zero && code <= nine;
  }

  private take(code: number): boolean {
    if (this.text.charCodeAt(this.at) !== code) return false;
    this.at += 1;
    return true;
  }

  private takeWord(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }

  private stop(expectation: string): never {
    this.note(`Not valid JSON at character ${this.at}: ${expectation}.`, "invalid_json");
    throw new Stop();
  }

  private note(message: string, code: string): void {
    this.problems.push({ path: this.path.map(shorten), message, code });
    if (this.problems.length >= maxFieldErrors) throw new Stop();
  }
}

const shorten = (key: string | number) =>
  typeof key === "string" && key.length > maxKeyLength ? `${key.slice(0, maxKeyLength)}…` : key;

// An ordinary assignment to __proto__ would change the object's prototype and lose the key.
function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== "__proto__") object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

import type { ReceivedHeaders } from "./response-headers";

/** The head of an answer, once it is complete. */
export type ResponseHead = {
  status: number;
  headers: ReceivedHeaders;
  /** How many bytes of body follow, or what tells their end. */
  body: number | "chunked" | "until closed";
  /** For how long the connection may wait for another request, in milliseconds; null when nothing is said of it. */
  keepAliveMs: number | null;
  /** No request may follow on the connection. */
  isLast: boolean;
};

/**
 * Reads the head of an HTTP/1.1 answer (RFC 9112) as its bytes come in, and skips the interim ones before it. What is
 * not valid is refused and told in words, for there is no safe guess at what follows; where the standard leaves
 * something to the client, Node's own parser decides (`response-head.test.ts` compares them).
 */
export class HeadReader {
  head: ResponseHead | null = null;
  /** What is wrong with the answer, as words that follow "not valid HTTP/1.1: ". */
  defect: string | null = null;
  /** Bytes and header lines so far, those of interim answers too. */
  bytes = 0;
  lines = 0;

  private line = "";
  private status: number | null = null;
  private isOldVersion = false;
  private headers: ReceivedHeaders = [];
  private lengths: string[] = [];
  private codings = "";
  private connection = "";
  private keepAlive = "";

  /** Reads on until the head is complete or has a defect. Answers how many of these bytes belong to it. */
  read(bytes: Buffer): number {
    const text = bytes.toString("latin1");
    let at = 0;
    while (this.head === null && this.defect === null) {
      const end = text.indexOf("\n", at) + 1;
      const piece = text.slice(at, end === 0 ? undefined : end);
      at += piece.length;
      this.line += piece;
      if (end === 0) {
        if (this.status === null && this.line.length - piece.length < protocol.length) this.judgeBeginning();
        break;
      }
      const { line } = this;
      this.line = "";
      this.readLine(line);
    }
    this.bytes += at;
    return at;
  }

  /** What can no more become a status line is not waited for. */
  private judgeBeginning(): void {
    const { line } = this;
    if (line !== "\r" && line.slice(0, protocol.length) !== protocol.slice(0, line.length))
      this.defect = notHttp;
  }

  private readLine(line: string): void {
    const isBlank = line === "\r\n";
    if (this.status === null) {
      // RFC 9112 §2.2 has servers skip what some clients write after a body; the other way round happens as well.
      if (!isBlank && line !== "\n") this.readStatusLine(line);
    } else if (isBlank) this.endHead(this.status);
    else this.readHeader(line);
  }

  private readStatusLine(line: string): void {
    const [, version, status] = statusLine.exec(line) ?? [];
    this.status = Number(status);
    this.isOldVersion = version === "0.9" || version === "1.0";
    if (!line.startsWith(protocol)) this.defect = notHttp;
    else if (version === undefined) this.defect = `its first line is ${quoted(line)}`;
    else if (this.status < 100) this.defect = `its status is ${this.status}, which HTTP does not have`;
    else if (this.status === 101) this.defect = "it changes the protocol unasked";
  }

  private readHeader(line: string): void {
    this.lines += 1;
    const header = parseHeaderLine(line);
    if (header === null) this.defect = `one of its header lines is ${quoted(line)}`;
    else this.keep(header.name, header.value);
  }

  private keep(name: string, value: string): void {
    if (name === "content-length") {
      this.keepLength(value);
      return;
    }
    if (name === "transfer-encoding") this.codings += `,${value.toLowerCase()}`;
    else if (name === "connection") this.connection += `,${value.toLowerCase()}`;
    else if (name === "keep-alive") this.keepAlive = value;
    this.headers.push(name, value);
  }

  /** Equal repeats count as one: RFC 9110 §8.6 allows that, and some proxies add one to one that is there. */
  private keepLength(value: string): void {
    for (const written of value.split(",")) {
      const length = trimBlanks(written).replace(/^0+(?=\d)/, "");
      if (!/^\d{1,15}$/.test(length)) this.defect = `its Content-Length is ${quoted(value)}`;
      if (this.lengths.length === 0) this.headers.push("content-length", length);
      if (this.lengths.length < maxTold && !this.lengths.includes(length)) this.lengths.push(length);
    }
  }

  private endHead(status: number): void {
    const body = this.bodyOf(status);
    if (this.defect !== null) return;
    if (status < 200) {
      this.beginNext();
      return;
    }
    const { headers, isOldVersion } = this;
    const isKept = hasToken(this.connection, isOldVersion ? "keep-alive" : "close") === isOldVersion;
    const hint = /timeout=(\d+)/.exec(this.keepAlive)?.[1];
    const keepAliveMs = hint === undefined ? null : Number(hint) * 1_000;
    this.head = { status, headers, body, keepAliveMs, isLast: !isKept || body === "until closed" };
  }

  /** RFC 9112 §6.3. */
  private bodyOf(status: number): ResponseHead["body"] {
    const { lengths, codings } = this;
    if (lengths.length > 1) this.defect = `it has more than one Content-Length (${lengths.join(" and ")})`;
    if (lengths.length > 0 && codings !== "")
      this.defect = "it has both a Content-Length and a Transfer-Encoding";
    const [length] = lengths;
    if (length !== undefined) return Number(length);
    if (status === 204 || status === 304) return 0;
    return /,[ \t]*chunked$/.test(codings) ? "chunked" : "until closed";
  }

  private beginNext(): void {
    this.status = null;
    this.headers = [];
    this.lengths = [];
    this.codings = "";
    this.connection = "";
    this.keepAlive = "";
  }
}

/** A line of a head or a trailer, its end included; null when it is none. */
export function parseHeaderLine(line: string): { name: string; value: string } | null {
  const colon = line.indexOf(":");
  const name = line.slice(0, colon);
  if (colon < 0 || !line.endsWith("\r\n") || !isName.test(name)) return null;
  const value = trimBlanks(line.slice(colon + 1, -2));
  return noValue.test(value) ? null : { name: name.toLowerCase(), value };
}

const protocol = "HTTP/";
const notHttp = "it does not begin with HTTP/1";

/** The versions are those that Node's own parser takes: some servers say 2.0 although they speak 1.1. */
const statusLine = /^HTTP\/(0\.9|1\.0|1\.1|2\.0) (\d{3})(?: [^\r\n]*)?\r\n$/;

/** Different lengths, for the words about them. */
const maxTold = 3;

/** RFC 9110 §5.6.2 and §5.5. Bytes are Latin-1 here, so that none is lost. */
const isName = /^[!#$%&'*+\-.^_`|~\w]+$/;
const noValue = /[^\t\x20-\x7e\x80-\xff]/;

const hasToken = (list: string, token: string) => list.split(",").some((each) => trimBlanks(each) === token);

/** For words about an answer: no more of a line than tells which one it is. */
const quoted = (line: string) => JSON.stringify(line.trimEnd().slice(0, 60));

/** Spaces and tabs only, and without a step for each place where a run of them might begin. */
function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlankAt(text, start)) start += 1;
  while (end > start && isBlankAt(text, end - 1)) end -= 1;
  return text.slice(start, end);
}

const isBlankAt = (text: string, at: number) => text[at] === " " || text[at] === "\t";

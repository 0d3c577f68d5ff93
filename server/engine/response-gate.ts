import type { Readable } from "node:stream";
import { LengthLines } from "./length-lines";
import { isPlainHead } from "./plain-head";

/**
 * What is read from a socket passes here before undici reads it, for three things that undici (7.30.2) does not do
 * and has no option for. It ends a connection on which `100 Continue` comes unasked ("bad response"), while RFC 9110
 * §15.2 has clients skip it, and some servers send it to every POST. It bounds the bytes of header lines, and not
 * their number, each of which costs it 200 bytes of memory: 15,000 of them are an answer. And see LengthLines.
 * `undici.test.ts` fails once it does the first and the last by itself.
 */
export class ResponseGate {
  private isAtStart = true;
  private isInHead = true;
  private held: Buffer | null = null;
  private uncounted: Buffer[] = [];
  private lines = 0;
  private lengths = new LengthLines();

  constructor(socket: Readable) {
    const read = socket.read.bind(socket);
    socket.read = (size?: number) => {
      const chunk = read(size);
      return chunk === null || !this.isInHead ? chunk : this.passHead(chunk, read);
    };
  }

  /** An answer is to come. */
  beginResponse(): void {
    this.isAtStart = true;
    this.isInHead = true;
    this.held = null;
    this.uncounted = [];
    this.lines = 0;
    this.lengths = new LengthLines();
  }

  /** The headers are complete: what comes now is not looked at. */
  endHead(): void {
    this.isInHead = false;
    this.uncounted = [];
  }

  /** The lines of the head so far; to be asked when all that was read turned out to belong to it. */
  countLines(): number {
    for (const bytes of this.uncounted) for (const byte of bytes) if (byte === lineFeed) this.lines += 1;
    this.uncounted = [];
    return this.lines;
  }

  /** What contradicts itself about the length of the body; null when nothing does. */
  lengthDefect(): string | null {
    return this.lengths.defect();
  }

  private passHead(chunk: Buffer, read: () => Buffer | null): Buffer | null {
    if (this.isAtStart && this.held === null && isPlainHead(chunk)) {
      this.endHead();
      return chunk;
    }
    for (let next: Buffer | null = chunk; next !== null; next = read()) {
      this.uncounted.push(next);
      const passed = this.lengths.pass(this.afterContinue(next));
      if (passed.length > 0) return passed;
    }
    return null;
  }

  private afterContinue(chunk: Buffer): Buffer {
    if (!this.isAtStart) return chunk;
    const bytes = behindContinue(this.held ? Buffer.concat([this.held, chunk]) : chunk);
    this.isAtStart = couldBeContinue(bytes);
    this.held = this.isAtStart ? bytes : null;
    return this.isAtStart ? nothing : bytes;
  }
}

const nothing = Buffer.alloc(0);
const lineFeed = 10;

function behindContinue(bytes: Buffer): Buffer {
  let rest = bytes;
  for (;;) {
    const end = couldBeContinue(rest) ? rest.indexOf("\r\n\r\n") : -1;
    if (end < 0) return rest;
    rest = rest.subarray(end + 4);
  }
}

/** Whether an answer that begins like this is, or may yet turn out to be, a `100 Continue`. */
function couldBeContinue(bytes: Buffer): boolean {
  const start = bytes.toString("latin1", 0, statusLine.length + 1);
  return statusLine.startsWith(start) || start === `${statusLine} ` || start === `${statusLine}\r`;
}

const statusLine = "HTTP/1.1 100";

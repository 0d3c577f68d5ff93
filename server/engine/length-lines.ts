/** What is held back until a line is complete. */
const names = ["content-length:", "transfer-encoding:"];

/**
 * Lets the head of an answer through, with equal repeats of Content-Length as one: RFC 9110 §8.6 allows that, and
 * some proxies add one to one that is there, while undici (7.30.2) refuses them. And it remembers what the head
 * says about the body's length, because undici has one word for whatever is wrong after a Content-Length: the same
 * error tells of equal repeats, of different ones, and of a Transfer-Encoding beside one.
 */
export class LengthLines {
  private statusLine = "";
  private isInStatusLine = true;
  /** A line that was not passed on, because it may yet say a length. */
  private held = "";
  private isWithinLine = false;
  private isOver = false;
  private lengths: string[] = [];
  private isEncoded = false;

  /** What of these bytes, and of those held back, may pass now. */
  pass(bytes: Buffer): Buffer {
    if (this.isOver) return bytes;
    let rest = this.held + bytes.toString("latin1");
    let passed = "";
    this.held = "";
    while (rest !== "" && !this.isOver) {
      const end = rest.indexOf("\n") + 1;
      if (end === 0 && !this.isWithinLine && mayBeLength(rest)) {
        this.held = rest;
        return Buffer.from(passed, "latin1");
      }
      const piece = end === 0 ? rest : rest.slice(0, end);
      passed += this.passPiece(piece, end > 0);
      rest = rest.slice(piece.length);
    }
    return Buffer.from(passed + rest, "latin1");
  }

  /** What contradicts itself about the length; null when nothing does. */
  defect(): string | null {
    if (this.isEncoded && this.lengths.length > 0)
      return "it has both a Content-Length and a Transfer-Encoding";
    if (this.lengths.length < 2) return null;
    const told = this.lengths.map((length) => length.slice(0, 20)).slice(0, 3);
    return `it has more than one Content-Length (${told.join(" and ")})`;
  }

  private passPiece(piece: string, isLineEnd: boolean): string {
    const isLineStart = !this.isWithinLine;
    this.isWithinLine = !isLineEnd;
    if (this.isInStatusLine) return this.passStatus(piece, isLineEnd);
    if (isLineStart && isBlank(piece)) this.endHead();
    return isLineStart && mayBeLength(piece) ? this.passLength(piece) : piece;
  }

  private passStatus(piece: string, isLineEnd: boolean): string {
    this.statusLine = (this.statusLine + piece).slice(0, "HTTP/1.1 100".length);
    if (isLineEnd && !isBlank(this.statusLine)) this.isInStatusLine = false;
    else if (isLineEnd) this.statusLine = "";
    return piece;
  }

  private passLength(line: string): string {
    const [name = ""] = line.split(":", 1);
    if (!/^content-length$/i.test(name)) {
      this.isEncoded = true;
      return line;
    }
    const values = line
      .slice(name.length + 1)
      .split(",")
      .map(toLength);
    const [value] = values;
    const known = this.lengths[0];
    this.lengths = [...new Set([...this.lengths, ...values])];
    if (this.lengths.length > 1 || !/^\d+$/.test(value ?? "")) return line;
    return known === undefined ? `${name}: ${value}\r\n` : "";
  }

  /** The head of another answer follows an interim one. */
  private endHead(): void {
    this.isOver = !/^HTTP\/1\.\d 1\d\d$/.test(this.statusLine);
    if (this.isOver) return;
    this.isInStatusLine = true;
    this.statusLine = "";
    this.lengths = [];
    this.isEncoded = false;
  }
}

/** Also the half of an empty line, which ends the head. */
function mayBeLength(start: string): boolean {
  const lower = start.slice(0, 20).toLowerCase();
  const isHalfEmpty = start === "\r";
  return isHalfEmpty || names.some((name) => name.startsWith(lower) || lower.startsWith(name));
}

const isBlank = (line: string) => line === "\r\n" || line === "\n";

/** A length without what may stand around it, and without zeros before it. */
const toLength = (written: string) =>
  /^[ \t]*(\d+)[ \t]*\r?\n?$/.exec(written)?.[1]?.replace(/^0+(?=\d)/, "") ?? written.trim();

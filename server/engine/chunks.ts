import type { KeptBody, Progress } from "./kept-body";
import { parseHeaderLine } from "./response-head";

/** Reads a body in chunks (RFC 9112 §7.1) as its bytes come in. Of extensions and trailers nothing is kept. */
export class Chunks {
  private stage: "size" | "data" | "data end" | "trailer" = "size";
  private line = "";
  private left = 0;
  /** How many of the last bytes belonged to the body. */
  place = 0;

  constructor(private readonly kept: KeptBody) {}

  read(bytes: Buffer): Progress {
    this.place = 0;
    while (this.place < bytes.length) {
      const progress = this.stage === "data" ? this.readData(bytes) : this.readLine(bytes);
      if (progress !== "more") return progress;
    }
    return "more";
  }

  private readData(bytes: Buffer): Progress {
    const piece = bytes.subarray(this.place, this.place + this.left);
    this.place += piece.length;
    this.left -= piece.length;
    if (this.left === 0) this.stage = "data end";
    return this.kept.add(piece) ? "more" : "cut";
  }

  private readLine(bytes: Buffer): Progress {
    const end = bytes.indexOf("\n", this.place) + 1;
    const next = end === 0 ? bytes.length : end;
    this.line += bytes.toString("latin1", this.place, next);
    this.place = next;
    if (end === 0) return "more";
    const { line } = this;
    this.line = "";
    return this.takeLine(line);
  }

  private takeLine(line: string): Progress {
    if (this.stage === "size") return this.takeSize(line);
    const isBlank = line === "\r\n";
    if (this.stage === "data end") {
      this.stage = "size";
      return isBlank ? "more" : "cut";
    }
    if (isBlank) return "complete";
    return parseHeaderLine(line) ? "more" : "cut";
  }

  private takeSize(line: string): Progress {
    const [, size] = sizeLine.exec(line) ?? [];
    if (size === undefined) return "cut";
    this.left = Number.parseInt(size, 16);
    this.stage = this.left > 0 ? "data" : "trailer";
    return "more";
  }
}

/** Sizes that can be counted; what an extension says is not looked at. */
const sizeLine = /^0*([\da-f]{1,12})(?:;[\t\x20-\x7e\x80-\xff]*)?\r\n$/i;

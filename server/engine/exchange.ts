import type { AttemptError, PeerFacts, ReceivedResponse } from "@/domain/delivery/outcome";
import { responseLimits } from "@/domain/limits";
import type { Connection, User } from "./connections";
import { inWords } from "./dial-failure";
import { lossFacts, lossFailure } from "./exchange-failure";
import type { Progress } from "./kept-body";
import { BodyReader } from "./response-body";
import { HeadReader, type ResponseHead } from "./response-head";
import { keepHeaders } from "./response-headers";
import { firstBytes } from "./second-look";
import type { Deadline } from "./send-deadline";

/** What may come in for that much body: chunks of one byte are six times as long. */
const maxBytes = 256 * 1024;

/** Of the head of an answer, with its interim ones: far more than any honest one has. Node's own client takes 16 KiB. */
const { headBytes: maxHeadBytes, headLines: maxHeadLines } = responseLimits;

/** How a request on an open connection ended; times in milliseconds. */
export type Exchanged = { firstByteMs: number | null; bodyMs: number | null } & (
  | { kind: "response"; status: number; response: ReceivedResponse }
  /** `isUnanswered`: the connection was lost before one byte of a response. */
  | { kind: "failed"; error: AttemptError; facts: PeerFacts; isUnanswered: boolean }
);

/** Sends one request and reads its response. Rejects for bugs of ours only. */
export function exchange(connection: Connection, request: Buffer, deadline: Deadline): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    new Exchange(connection, deadline, resolve, reject).begin(request);
  });
}

class Exchange implements User {
  private readonly startedAt = performance.now();
  private firstByteAt: number | null = null;
  private first: Buffer | null = null;
  private bytes = 0;
  private readonly reader = new HeadReader();
  private answer: { at: number; head: ResponseHead; body: BodyReader } | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly deadline: Deadline,
    private readonly resolve: (ended: Exchanged) => void,
    private readonly reject: (bug: Error) => void,
  ) {}

  begin(request: Buffer): void {
    this.deadline.whenOver(() => this.onDeadline());
    this.connection.use(this, request);
  }

  onBytes(bytes: Buffer): void {
    this.firstByteAt ??= performance.now();
    this.first ??= bytes;
    this.bytes += bytes.length;
    const { answer } = this;
    if (answer) this.readBody(answer.body.read(bytes));
    else this.readHead(bytes);
  }

  onEnd(): void {
    if (this.answer) this.respond(this.answer.body.end());
  }

  onClosed(error: Error | null): void {
    const hasBegun = this.bytes > 0;
    const failure = lossFailure(error, this.connection.target.hostname, hasBegun);
    if (this.answer) this.respond("cut");
    else if (failure) this.fail(failure, lossFacts(error), !hasBegun && failure.code === "connect_reset");
    else this.throw(error);
  }

  private readHead(bytes: Buffer): void {
    const { reader } = this;
    const length = reader.read(bytes);
    if (reader.bytes > maxHeadBytes || reader.lines > maxHeadLines) this.fail(headOverflow);
    else if (reader.defect !== null) this.fail(notHttp(reader.defect));
    else if (reader.head) {
      const body = new BodyReader(reader.head);
      this.answer = { at: performance.now(), head: reader.head, body };
      this.readBody(body.read(bytes.subarray(length)));
    }
  }

  private readBody(progress: Progress): void {
    if (progress !== "more") this.respond(progress);
    else if (this.bytes > maxBytes) this.respond("cut");
  }

  private onDeadline(): void {
    if (this.answer) this.respond("cut");
    else this.fail(responseTimeout(this.deadline.totalMs, this.bytes > 0));
  }

  private respond(progress: Progress): void {
    const { answer, startedAt } = this;
    if (!answer) return;
    const { at, head, body } = answer;
    const isComplete = progress === "complete";
    this.end();
    if (isComplete && !head.isLast && !body.hasMore) this.connection.keep(head.keepAliveMs);
    else this.connection.destroy();
    this.resolve({
      kind: "response",
      status: head.status,
      response: { headers: keepHeaders(head.headers), body: body.take(), truncated: !isComplete },
      firstByteMs: (this.firstByteAt ?? at) - startedAt,
      bodyMs: performance.now() - at,
    });
  }

  private fail(error: AttemptError, seen: PeerFacts = {}, isUnanswered = false): void {
    const firstByteMs = (this.firstByteAt ?? performance.now()) - this.startedAt;
    const facts = { ...seen, ...this.connectionFacts() };
    this.end();
    this.connection.destroy();
    this.resolve({ kind: "failed", error, facts, isUnanswered, firstByteMs, bodyMs: null });
  }

  private connectionFacts(): PeerFacts {
    const { first, connection } = this;
    return {
      ...(first ? { firstBytes: firstBytes(first) } : { isSilent: true as const }),
      ...(connection.socket.alpnProtocol === "http/1.1" && { choseHttp: true as const }),
      ...(connection.idleMs !== null && { idleMs: Math.round(connection.idleMs) }),
    };
  }

  private throw(bug: Error | null): void {
    this.end();
    this.connection.destroy();
    this.reject(bug ?? new Error("A connection was lost for no reason."));
  }

  private end(): void {
    this.deadline.whenOver(null);
  }
}

const headOverflow: AttemptError = {
  code: "header_overflow",
  message: `The endpoint's answer has more than ${maxHeadBytes / 1024} KiB or ${maxHeadLines} lines of headers.`,
};

const notHttp = (defect: string): AttemptError => ({
  code: "protocol_error",
  message: `The endpoint's answer is not valid HTTP/1.1: ${defect}.`,
});

function responseTimeout(totalMs: number, hasBegun: boolean): AttemptError {
  const what = hasBegun ? "began to answer, but its headers were not complete" : "did not answer";
  return { code: "response_timeout", message: `The endpoint ${what} within ${inWords(totalMs)}.` };
}

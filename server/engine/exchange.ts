import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import type { AttemptError, ReceivedResponse } from "@/domain/delivery/outcome";
import { responseLimits } from "@/domain/limits";
import { type Connection, maxHeadBytes } from "./connections";
import { inWords } from "./dial-failure";
import { responseFailure } from "./exchange-failure";
import { KeptBody } from "./kept-body";
import { countHeaders, keepHeaders } from "./response-headers";
import type { Deadline } from "./send-deadline";

/** What may come in over the wire for that much body: chunks of one byte are six times as long. */
const maxWireBytes = 256 * 1024;

/** Far more than any honest response has. */
const { headLines: maxHeadLines } = responseLimits;

/** `headers` are names and values in turns. */
export type Message = { headers: string[]; body: string };

/** How a request on an open connection ended; times in milliseconds. */
export type Exchanged = { firstByteMs: number | null; bodyMs: number | null } & (
  | { kind: "response"; status: number; response: ReceivedResponse }
  /** `isUnanswered`: the connection was lost before one byte of a response. */
  | { kind: "failed"; error: AttemptError; isUnanswered: boolean }
);

/** Sends one request and reads its response. Rejects for bugs of ours only. */
export function exchange(connection: Connection, message: Message, deadline: Deadline): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    const running = new Exchange(connection, deadline, resolve, reject);
    const { path } = connection.target;
    connection.client.dispatch(
      { method: "POST", path, headers: message.headers, body: message.body },
      running,
    );
  });
}

class Exchange implements Dispatcher.DispatchHandler {
  private readonly startedAt = performance.now();
  private readonly bytesBefore: number;
  private firstByteAt: number | null = null;
  private head: { at: number; status: number; headers: IncomingHttpHeaders } | null = null;
  private readonly body = new KeptBody();
  private isOver = false;

  constructor(
    private readonly connection: Connection,
    private readonly deadline: Deadline,
    private readonly resolve: (ended: Exchanged) => void,
    private readonly reject: (bug: Error) => void,
  ) {
    this.bytesBefore = connection.socket.bytesRead;
    connection.gate.beginResponse();
    connection.onBytes = () => this.onBytes();
    deadline.whenOver(() => this.onDeadline());
  }

  onRequestStart(): void {}

  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders): void {
    this.firstByteAt ??= performance.now();
    if (this.isOver || isInterim(status)) return;
    this.connection.gate.endHead();
    if (status < 100) this.fail(badStatus(status));
    else if (countHeaders(headers) > maxHeadLines) this.fail(headOverflow);
    else this.head = { at: performance.now(), status, headers };
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    if (!this.isOver && !this.body.add(chunk) && this.head) this.respond(this.head, "cut");
  }

  onResponseEnd(): void {
    if (!this.isOver && this.head) this.respond(this.head, "complete");
  }

  onResponseError(_: unknown, error: Error): void {
    if (this.isOver) return;
    const { lostTo, target, gate } = this.connection;
    const { origin } = target;
    const seen = { origin, hasBegun: this.receivedBytes() > 0, lengthDefect: gate.lengthDefect() };
    const failure = (lostTo && responseFailure(lostTo, seen)) ?? responseFailure(error, seen);
    if (this.head) this.respond(this.head, "cut");
    else if (failure) this.fail(failure);
    else this.throw(error);
  }

  /** undici counts neither status lines nor interim responses, nor what a body is wrapped in. */
  private onBytes(): void {
    this.firstByteAt ??= performance.now();
    const bytes = this.receivedBytes();
    if (this.head) {
      if (bytes > maxWireBytes) this.respond(this.head, "cut");
    } else if (bytes > maxHeadBytes || this.connection.gate.countLines() > maxHeadLines) {
      this.fail(headOverflow);
    }
  }

  private onDeadline(): void {
    if (this.head) this.respond(this.head, "cut");
    else this.fail(responseTimeout(this.deadline.totalMs, this.receivedBytes() > 0));
  }

  private receivedBytes(): number {
    return this.connection.socket.bytesRead - this.bytesBefore;
  }

  private respond(
    head: { at: number; status: number; headers: IncomingHttpHeaders },
    body: "complete" | "cut",
  ): void {
    const { startedAt, firstByteAt } = this;
    const response = {
      headers: keepHeaders(head.headers),
      body: this.body.take(),
      truncated: body === "cut",
    };
    const firstByteMs = (firstByteAt ?? head.at) - startedAt;
    const bodyMs = performance.now() - head.at;
    this.end();
    if (body === "cut") this.connection.destroy();
    this.resolve({ kind: "response", status: head.status, response, firstByteMs, bodyMs });
  }

  private fail(error: AttemptError): void {
    const isUnanswered = error.code === "connect_reset" && this.receivedBytes() === 0;
    const firstByteMs = (this.firstByteAt ?? performance.now()) - this.startedAt;
    this.end();
    this.connection.destroy();
    this.resolve({ kind: "failed", error, isUnanswered, firstByteMs, bodyMs: null });
  }

  private throw(bug: Error): void {
    this.end();
    this.connection.destroy();
    this.reject(bug);
  }

  /** What undici tells from here on, as it does of a connection that is destroyed, is not heard. */
  private end(): void {
    this.isOver = true;
    this.connection.onBytes = null;
    this.deadline.whenOver(null);
  }
}

const isInterim = (status: number) => status >= 100 && status < 200;

const headOverflow: AttemptError = {
  code: "header_overflow",
  message: `The endpoint's answer has more than ${maxHeadBytes / 1024} KiB or ${maxHeadLines} lines of headers.`,
};

function responseTimeout(totalMs: number, hasBegun: boolean): AttemptError {
  const what = hasBegun ? "began to answer, but its headers were not complete" : "did not answer";
  return { code: "response_timeout", message: `The endpoint ${what} within ${inWords(totalMs)}.` };
}

const badStatus = (status: number): AttemptError => ({
  code: "protocol_error",
  message: `The endpoint answered with the status ${status}, which HTTP does not have.`,
});

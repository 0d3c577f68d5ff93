import type { Socket } from "node:net";
import type { TlsOptions } from "node:tls";
import { expect, inject } from "vitest";
import type { FailureDetail, Outcome } from "@/domain/delivery/outcome";
import { parseCidr } from "@/domain/network/address";
import { openAuthority } from "@/testing/certificates";
import { onRequest, type RawServer, startRawServer } from "@/testing/raw-server";
import { createSender } from "./send";

export const authority = openAuthority(inject("authority"));
export const trusted = await authority.issue();

/** The loopback, and an address that no route leads to. */
export const allow = ["127.0.0.0/8", "::1/128", "224.0.0.0/4"].flatMap((text) => parseCidr(text) ?? []);

/** For receivers that end the attempt by themselves, however slow the machine is. */
const patientMs = 30_000;
/** For those that only the deadline ends. */
export const hastyMs = 1_500;

export type Visit = {
  post: (body?: string) => Promise<Outcome>;
  server: RawServer;
};

/**
 * Lets a sender of its own visit a server that does as told. Afterwards it waits until the sender has let go of
 * every connection, whatever happened on them.
 */
export async function visit<T>(
  receiver: { tls?: TlsOptions; onConnection: (socket: Socket, server: RawServer) => void },
  use: (visit: Visit) => Promise<T>,
  timeoutMs = patientMs,
): Promise<T> {
  const server: RawServer = await startRawServer({
    tls: receiver.tls,
    onConnection: (socket) => receiver.onConnection(socket, server),
  });
  const sender = createSender({ timeoutMs, allow });
  const url = `https://localhost:${server.port}/`;
  try {
    return await use({ server, post: (body = "{}") => sender.send({ pool: "w1", url, headers: {}, body }) });
  } finally {
    await sender.close();
    await server.waitForNoConnection();
    await server.close();
  }
}

/** What comes of one request to a TLS server that takes over once the request has come in. */
export const postTo = (answer: (socket: Socket) => void, timeoutMs?: number) =>
  visit(
    { tls: trusted, onConnection: (socket) => onRequest(socket, () => answer(socket)) },
    ({ post }) => post(),
    timeoutMs,
  );

/** What comes of one request that these bytes answer. */
export const postToAnswer = (bytes: string | Buffer) => postTo((socket) => socket.end(bytes));

/** Writes a byte every now and then, until the other side is gone. */
export function drip(socket: Socket, bytes: string): void {
  let at = 0;
  const writeNext = () => {
    if (socket.destroyed || at >= bytes.length) return;
    socket.write(bytes[at++] ?? "");
    setTimeout(writeNext, 10);
  };
  writeNext();
}

/** Writes again and again, as fast as the other side reads, until it is gone. */
export function pour(socket: Socket, bytes: string): void {
  const write = () => {
    if (socket.destroyed) return;
    if (socket.write(bytes)) setImmediate(write);
    else socket.once("drain", write);
  };
  write();
}

export const mebibyte = "x".repeat(1024 * 1024);

/** `detail` is judged only where one is given. */
export const failure = (code: string, words: string | RegExp, detail?: FailureDetail) => ({
  kind: "error",
  error: { code, message: expect.stringMatching(words), ...(detail && { detail }) },
});
export const response = (status: number, truncated: boolean) => ({
  kind: "response",
  status,
  response: { truncated },
});
export const bodyOf = (outcome: Outcome): string =>
  outcome.kind === "response"
    ? Buffer.from(outcome.response.body).toString()
    : expect.fail(outcome.error.message);

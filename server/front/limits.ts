import { webLimits } from "@/domain/limits";

const kibibyte = 1024;
const mebibyte = kibibyte * kibibyte;

/** What the front grants to clients of whom nothing is known yet but where they are. */
export const frontLimits = {
  /** Connections at once. What came in on one and was not read is up to 100 KiB: 200 MiB for all. */
  connections: webLimits.connections,
  /**
   * Connections of one client network, and requests of one that speaks through trusted proxies: whoever uses
   * them up leaves as many to everybody else.
   */
  perNetwork: webLimits.connectionsOfNetwork,
  /** Connections above these that are taken all the same, to be told so, and to ask for the health. */
  spare: 64,
  /** Requests that wait on one connection for the answer before theirs: browsers and programs send none so. */
  waiting: 16,
  /** A client that sends its headers, or all of its request, slower than this is cut (slow loris). */
  headersMs: 10_000,
  requestMs: 60_000,
  /**
   * What may still come of a body that nobody wants, so that its client can read why: closed on unread bytes, a
   * connection is reset and the answer lost. It is the largest call that is served, and half as much again.
   */
  unwantedBytes: webLimits.refusedBytes,
  unwantedMs: webLimits.refusedMs,
  /** A request's address and headers. Node takes twice as much, so that what is too long is answered as its path reads it. */
  headBytes: 16 * kibibyte,
  /** How long a client has to read that it does not speak HTTP. */
  lingerMs: 1_000,
  /** An answer that nobody takes ends after this: the largest page, of 4 MiB, is through at 35 KiB a second. */
  untakenMs: webLimits.untakenMs,
  /** What all clients together may leave untaken; above it, those that left theirs the longest are cut. */
  untakenBytes: 128 * mebibyte,
  /** How often clients are looked at for being slow. */
  checkMs: 2_000,
};

export type FrontLimits = typeof frontLimits;

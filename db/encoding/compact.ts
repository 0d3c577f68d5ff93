import type { Peer, ResponseHeaders, Timings } from "@/domain/delivery/outcome";
import { headersIn, headerText } from "./header-text";

// What every event or attempt has, in less space than its text takes. Older rows have the text.

/** How a value is written into a column, and read back. */
export type Encoding<Value, Stored> = {
  toDriver(value: Value): Stored;
  fromDriver(stored: Stored): Value;
};

/** Milliseconds of each phase, in their order. */
export const timings = compact<Timings>(
  ({ dns, connect, tls, first_byte, body }) => [dns, connect, tls, first_byte, body],
  ([dns, connect, tls, first_byte, body]) => ({
    dns: numberOrNull(dns),
    connect: numberOrNull(connect),
    tls: numberOrNull(tls),
    first_byte: numberOrNull(first_byte),
    body: numberOrNull(body),
  }),
);

/**
 * Address, TLS version, epoch seconds of the certificate's end, and 1 when the connection had been used before. The
 * few that have more to tell are written out.
 */
export const peer: Encoding<Peer, string> = {
  toDriver: (value) => (value.facts ? JSON.stringify(value) : peerWithoutFacts.toDriver(value)),
  fromDriver: (stored) => peerWithoutFacts.fromDriver(stored),
};

const peerWithoutFacts = compact<Peer>(
  ({ address, tls_version, certificate_expires_at, reused }) => [
    address,
    tls_version,
    certificate_expires_at && Date.parse(certificate_expires_at) / 1000,
    reused ? 1 : null,
  ],
  ([address, version, expiresAt, reused]) => ({
    address: address || null,
    tls_version: version || null,
    certificate_expires_at: expiresAt ? new Date(Number(expiresAt) * 1000).toISOString() : null,
    reused: reused === "1",
  }),
);

/** Header names and values that most answers have stand as a letter each. */
export const responseHeaders: Encoding<ResponseHeaders, string> = {
  toDriver: headerText,
  fromDriver: headersIn,
};

type Part = string | number | null;

function compact<T extends object>(
  write: (value: T) => Part[],
  read: (parts: string[]) => T,
): Encoding<T, string> {
  return {
    toDriver: (value) => write(value).join(","), // null is nothing between two commas
    fromDriver: (text) => (text.startsWith("{") ? JSON.parse(text) : read(text.split(","))),
  };
}

const numberOrNull = (part: string | undefined) => (part ? Number(part) : null);

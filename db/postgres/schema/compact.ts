import { customType } from "drizzle-orm/pg-core";
import * as encoding from "@/db/encoding/compact";

export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** A digest in hexadecimal, as bytes. Anything else stays as it is. */
export const digest = customType<{ data: string; driverData: Buffer }>({
  dataType: () => "bytea",
  toDriver: digestBytes,
  fromDriver: (stored) => stored.subarray(1).toString(stored[0] === kind.digest ? "hex" : "utf8"),
});

/** The first byte says what the others are. */
const kind = { text: 0, digest: 1 };

export function digestBytes(text: string): Buffer {
  const isDigest = /^[0-9a-f]{64}$/.test(text);
  return Buffer.concat([
    Buffer.of(isDigest ? kind.digest : kind.text),
    Buffer.from(text, isDigest ? "hex" : "utf8"),
  ]);
}

export const timings = encoded(encoding.timings);
export const peer = encoded(encoding.peer);
export const responseHeaders = encoded(encoding.responseHeaders);

function encoded<T>(encoding: encoding.Encoding<T, string>) {
  return customType<{ data: T; driverData: string }>({ dataType: () => "text", ...encoding });
}

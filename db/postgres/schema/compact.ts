import { customType } from "drizzle-orm/pg-core";
import * as encoding from "@/db/encoding/compact";

export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** A digest in hexadecimal, as bytes. */
export const digest = customType<{ data: string; driverData: Buffer }>({
  dataType: () => "bytea",
  toDriver: (text) => Buffer.from(text, "hex"),
  fromDriver: (stored) => stored.toString("hex"),
});

export const timings = encoded(encoding.timings);
export const peer = encoded(encoding.peer);
export const responseHeaders = encoded(encoding.responseHeaders);

function encoded<T>(encoding: encoding.Encoding<T, string>) {
  return customType<{ data: T; driverData: string }>({ dataType: () => "text", ...encoding });
}

import { customType } from "drizzle-orm/sqlite-core";
import * as encoding from "@/db/encoding/compact";

/** A digest in hexadecimal, as bytes. Anything else stays as it is. */
export const digest = customType<{ data: string; driverData: string | Buffer }>({
  dataType: () => "text",
  toDriver: (text) => (/^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, "hex") : text),
  fromDriver: (stored) => (typeof stored === "string" ? stored : stored.toString("hex")),
});

export const timings = encoded(encoding.timings);
export const peer = encoded(encoding.peer);
export const responseHeaders = encoded(encoding.responseHeaders);

function encoded<T>(encoding: encoding.Encoding<T, string>) {
  return customType<{ data: T; driverData: string }>({ dataType: () => "text", ...encoding });
}

import type { IncomingHttpHeaders } from "node:http";
import type { ResponseHeaders } from "@/domain/delivery/outcome";
import { responseLimits } from "@/domain/limits";

const { headers: maxKept, headerBytes: maxKeptBytes } = responseLimits;

export function countHeaders(headers: IncomingHttpHeaders): number {
  let count = 0;
  for (const name in headers) {
    const value = headers[name];
    count += Array.isArray(value) ? value.length : 1;
  }
  return count;
}

/** The first headers, as many as are stored. Each value of a repeated one counts. */
export function keepHeaders(headers: IncomingHttpHeaders): ResponseHeaders {
  const kept: ResponseHeaders = {};
  let count = 0;
  let bytes = 0;
  const fits = (name: string, value: string) => {
    count += 1;
    bytes += name.length + value.length;
    return count <= maxKept && bytes <= maxKeptBytes;
  };
  for (const name in headers) {
    const value = headers[name] ?? "";
    if (typeof value === "string") {
      if (fits(name, value)) keep(kept, name, value);
      continue;
    }
    const fitting = value.filter((one) => fits(name, one));
    const [first] = fitting;
    if (first !== undefined) keep(kept, name, fitting.length === 1 ? first : fitting);
  }
  return kept;
}

/** A header may be named __proto__, which no assignment makes a property of its own. */
function keep(kept: ResponseHeaders, name: string, value: string | string[]): void {
  if (name === "__proto__") Object.defineProperty(kept, name, { value, enumerable: true });
  else kept[name] = value;
}

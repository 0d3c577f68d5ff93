import type { ResponseHeaders } from "@/domain/delivery/outcome";
import { responseLimits } from "@/domain/limits";

/** Names, in lower case, and values in turns, as they came. */
export type ReceivedHeaders = string[];

const { headers: maxKept, headerBytes: maxKeptBytes } = responseLimits;

/** The first headers, as many as are stored. Each value of a repeated one counts. */
export function keepHeaders(headers: ReceivedHeaders): ResponseHeaders {
  const kept: ResponseHeaders = {};
  let bytes = 0;
  for (let at = 0; at < headers.length && at < maxKept * 2; at += 2) {
    const [name = "", value = ""] = [headers[at], headers[at + 1]];
    bytes += name.length + value.length;
    if (bytes > maxKeptBytes) break;
    keep(kept, name, value);
  }
  return kept;
}

/** A header may be named like what every object has, which is none of its own. */
function keep(kept: ResponseHeaders, name: string, value: string): void {
  const before = Object.hasOwn(kept, name) ? kept[name] : undefined;
  if (Array.isArray(before)) before.push(value);
  else if (before !== undefined) put(kept, name, [before, value]);
  else put(kept, name, value);
}

/** A header may be named __proto__, which no assignment makes a property of its own. */
function put(kept: ResponseHeaders, name: string, value: string | string[]): void {
  if (name === "__proto__")
    Object.defineProperty(kept, name, { value, enumerable: true, configurable: true });
  else kept[name] = value;
}

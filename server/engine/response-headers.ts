import type { IncomingHttpHeaders } from "node:http";
import type { ResponseHeaders } from "@/domain/delivery/outcome";
import { responseLimits } from "@/domain/limits";

const { headers: maxKept, headerBytes: maxKeptBytes } = responseLimits;

export function countHeaders(headers: IncomingHttpHeaders): number {
  let count = 0;
  for (const name in headers) count += valuesOf(headers[name]).length;
  return count;
}

/** The first headers, as many as are stored. Each value of a repeated one counts. */
export function keepHeaders(headers: IncomingHttpHeaders): ResponseHeaders {
  const kept: [name: string, value: string | string[]][] = [];
  let count = 0;
  let bytes = 0;
  for (const [name, value] of Object.entries(headers)) {
    const fitting: string[] = [];
    for (const one of valuesOf(value)) {
      count += 1;
      bytes += name.length + one.length;
      if (count <= maxKept && bytes <= maxKeptBytes) fitting.push(one);
    }
    const [first] = fitting;
    if (first !== undefined) kept.push([name, fitting.length === 1 ? first : fitting]);
  }
  // Not by assignment: a header may be named __proto__.
  return Object.fromEntries(kept);
}

const valuesOf = (value: string | string[] | undefined) => (Array.isArray(value) ? value : [value ?? ""]);

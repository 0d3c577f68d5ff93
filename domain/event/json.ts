import { hash } from "node:crypto";
import type { FieldError } from "../errors";
import { readJson } from "./json-reader";

/** How deep objects and arrays may lie in each other, the outermost not counted. */
const maxJsonDepth = 64;

export type ParsedJson = { value: unknown } | { errors: FieldError[] };

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Parses JSON strictly: what comes out is exactly what went in, or every problem is told with its path. Refused
 * beside bad syntax: numbers that a double would change, repeated keys, bytes that are no UTF-8, and nesting
 * over 64 levels. `wrappers` levels around the content are not counted, nor is an array around all of it: what
 * may come alone may come in an array.
 */
export function parseJson(source: Uint8Array | string, wrappers = 1): ParsedJson {
  let text: string;
  try {
    text = typeof source === "string" ? source : utf8.decode(source);
  } catch {
    return { errors: [{ path: [], message: "The text is not valid UTF-8.", code: "invalid_utf8" }] };
  }
  const isArray = /^\s*\[/.test(text);
  return readJson(text, maxJsonDepth + wrappers + (isArray ? 1 : 0));
}

/** What content a JSON value has, key order aside: SHA-256 in hex. */
export const contentDigest = (value: unknown) => hash("sha256", canonicalJson(value));

/** JSON text that does not depend on the order of keys. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(",")}}`;
}

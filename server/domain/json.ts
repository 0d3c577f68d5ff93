import { createHash } from "node:crypto";

/** What content a JSON value has, key order aside: SHA-256 in hex. */
export const contentDigest = (value: unknown) =>
  createHash("sha256").update(canonicalJson(value)).digest("hex");

/** JSON text with sorted keys. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(",")}}`;
}

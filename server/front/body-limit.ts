import type { IncomingMessage } from "node:http";
import { ApiError, tooLarge } from "@/domain/errors";
import { callLimits } from "@/domain/limits";

const kibibyte = 1024;

/** Why a body is not wanted, by what the headers tell of it; null when it is to be read by who handles it. */
export function refusedBody({ url = "", headers }: IncomingMessage): ApiError | null {
  const limit = bodyLimit(url.split("?", 1)[0] ?? "");
  if (Number(headers["content-length"] ?? 0) <= limit) return null;
  return tooLarge(`The body is larger than ${inWords(limit)}.`);
}

/** How many bytes of body a path takes (contract: 413). */
function bodyLimit(path: string): number {
  return path === "/events" || path.startsWith("/api/trpc/") ? callLimits.publishBytes : callLimits.bodyBytes;
}

const inWords = (bytes: number) =>
  bytes < kibibyte * kibibyte ? `${bytes / kibibyte} KiB` : `${bytes / kibibyte / kibibyte} MiB`;

/** What a form of a page may send: a few fields. */
const pageLimit = callLimits.pageBytes;

/**
 * The same for a page, whose reader is Next: it would hold up to a mebibyte for anybody who asks, so a page gets
 * little, and only as much as was told before.
 */
export function refusedPageBody({ url = "", headers }: IncomingMessage): ApiError | null {
  if (url.startsWith("/api/auth/")) return null; // read by routes of ours
  if (headers["transfer-encoding"] !== undefined)
    return new ApiError(411, "length_required", "A page takes no body without a Content-Length.");
  if (Number(headers["content-length"] ?? 0) <= pageLimit) return null;
  return tooLarge(`The body is larger than ${inWords(pageLimit)}.`);
}

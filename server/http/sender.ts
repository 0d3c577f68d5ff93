import { type ApiError, forbidden } from "@/domain/errors";
import type { CallHeaders } from "./call";

/** Throws ApiError 403 when a page of another site makes this request. Programs, which no site can use, may. */
export function refuseOtherSites(headers: CallHeaders, site: string): void {
  if (isOtherSite(headers, site)) throw notFromHere(headers, site);
}

/**
 * Throws ApiError 403 unless a page of ours makes this request: a browser sends the session's cookie along with
 * whatever page asks it to.
 */
export function refuseAllButOwnPages(headers: CallHeaders, site: string): void {
  const isOwnPage = headers.has("origin") && !isOtherSite(headers, site);
  if (!isOwnPage) throw notFromHere(headers, site);
}

/** Whether a browser says that a page of another site than `site` makes this request. Programs say nothing. */
export function isOtherSite(headers: CallHeaders, site: string): boolean {
  const from = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  return (
    (from !== null && from !== "same-origin" && from !== "none") ||
    (origin !== null && origin !== new URL(site).origin)
  );
}

function notFromHere(headers: CallHeaders, site: string): ApiError {
  const origin = headers.get("origin");
  return forbidden(
    `This works only from pages at ${site}${origin === null ? "" : `, not ${origin}`}. ` +
      "Whoever runs Fanfare sets its address as PUBLIC_URL.",
  );
}

import { forbidden } from "@/domain/errors";

/**
 * Whether a browser says that a page of another site than `site` makes this request. Programs send neither header, and have no
 * cookies that a site could borrow.
 */
export function isOtherSite(headers: Headers, site: string): boolean {
  const from = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  return (
    (from !== null && from !== "same-origin" && from !== "none") ||
    (origin !== null && origin !== new URL(site).origin)
  );
}

/** Throws ApiError 403 when another site's page makes this request. */
export function refuseOtherSites(headers: Headers, site: string): void {
  if (!isOtherSite(headers, site)) return;
  const origin = headers.get("origin");
  throw forbidden(
    `This works only from pages at ${site}${origin === null ? "" : `, not ${origin}`}. ` +
      "Whoever runs Fanfare sets its address as PUBLIC_URL.",
  );
}

import { forbidden } from "@/server/domain/errors";

/**
 * Whether a browser says that another site's page makes this request. Programs send neither header, and have no
 * cookies that a site could borrow.
 */
export function isOtherSite(headers: Headers, publicUrl: string): boolean {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  return (
    (site !== null && site !== "same-origin" && site !== "none") || (origin !== null && origin !== publicUrl)
  );
}

/** Throws ApiError 403 when another site's page makes this request. */
export function refuseOtherSites(headers: Headers, publicUrl: string): void {
  if (!isOtherSite(headers, publicUrl)) return;
  const origin = headers.get("origin");
  throw forbidden(`This works only from pages at ${publicUrl}${origin === null ? "" : `, not ${origin}`}.`);
}

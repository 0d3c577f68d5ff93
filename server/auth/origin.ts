import { forbidden } from "@/server/domain/errors";

/**
 * Throws ApiError 403 when a browser says that another site's page makes this request. Programs send neither
 * header, and have no cookies that a site could borrow.
 */
export function refuseOtherSites(headers: Headers, publicUrl: string): void {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const isOtherSite = site !== null && site !== "same-origin" && site !== "none";
  const isOtherOrigin = origin !== null && origin !== publicUrl;
  if (isOtherSite || isOtherOrigin) {
    throw forbidden(`This works only from pages at ${publicUrl}${origin === null ? "" : `, not ${origin}`}.`);
  }
}

import type { IncomingMessage } from "node:http";

/**
 * Whether a request is for a page that a platform may show in a frame of its own: a portal link's, or any while the
 * browser has a portal session. Whoever signed in with a password cannot be framed: a site in between could make them
 * press what they do not see.
 */
export const isForPortal = ({ url = "", headers }: Pick<IncomingMessage, "url" | "headers">): boolean =>
  url.startsWith("/portal/") || /(^|;\s*)(__Secure-)?fanfare\.portal=[^;]/.test(headers.cookie ?? "");

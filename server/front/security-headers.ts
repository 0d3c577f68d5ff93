import { randomUUID } from "node:crypto";

/** `framedBy`: the sites that may show this answer in a frame. */
type Site = { publicUrl: string | null; isProduction: boolean; framedBy: readonly string[] };

const yearSeconds = 31_536_000;

/** The headers of every answer. The policy's nonce is new for each request. */
export function securityHeaders({ publicUrl, isProduction, framedBy }: Site): Record<string, string> {
  const nonce = randomUUID();
  return {
    "content-security-policy": contentPolicy(nonce, isProduction, framedBy),
    "cross-origin-opener-policy": "same-origin",
    // Not no-referrer, which makes browsers send `Origin: null` with forms of our own.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    // It knows no list; browsers that know the policy follow that.
    ...(framedBy.length === 0 && { "x-frame-options": "DENY" }),
    ...(publicUrl?.startsWith("https:") && { "strict-transport-security": `max-age=${yearSeconds}` }),
  };
}

/** Styles may be inline: React writes style attributes, which no nonce can cover. */
function contentPolicy(nonce: string, isProduction: boolean, framedBy: readonly string[]): string {
  // Next's development client evaluates code and holds a WebSocket open.
  const [devScripts, devConnections] = isProduction ? ["", ""] : [" 'unsafe-eval'", " ws: wss:"];
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${devScripts}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${devConnections}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${framedBy.length === 0 ? "'none'" : framedBy.join(" ")}`,
  ].join("; ");
}

import type { Cause } from "../cause";
import type { Look } from "../look";

const isCloudflare = (look: Look) => look.server.includes("cloudflare");

/** Cloudflare's own answer, and not one that it passes on. */
const isItsPage = (look: Look) =>
  look.has("cf-mitigated") ||
  look.says("attention required! | cloudflare", "cf-error-details", "cf-error-code", "challenge-platform") ||
  /^error code: 1\d{3}/.test(look.text);

/** A status that is Cloudflare's alone. */
const ofCloudflare = (status: number, code: string, meaning: string, nextStep: string): Cause => ({
  code,
  fits: (look) => look.isStatus(status) && isCloudflare(look) && "certain",
  meaning,
  nextStep,
  seen: [`Cloudflare: ${status} (developers.cloudflare.com, Cloudflare 5xx errors)`],
});

export const cloudflare: Cause[] = [
  {
    code: "cloudflare_tunnel_down",
    fits: (look) =>
      isCloudflare(look) &&
      (look.says("cloudflare tunnel error", "error code: 1033") ||
        (look.isStatus(530) && look.says("1033"))) &&
      "certain",
    meaning: "The Cloudflare tunnel to your server is not connected (error 1033).",
    nextStep: "Start cloudflared where your application runs, and check the tunnel's hostname.",
    seen: ["Cloudflare Tunnel: 530 with error 1033 (its documentation)"],
  },
  {
    code: "cloudflare_rate_limit",
    fits: (look) =>
      isCloudflare(look) && look.says("error code: 1015", "you are being rate limited") && "certain",
    meaning: "A rate limit at Cloudflare stopped the request before it reached your server (error 1015).",
    nextStep:
      "Raise that rule's limit for this path, or leave our requests out of it. Nothing is lost, we slow down.",
    seen: ["Cloudflare: 429 with error 1015 (its documentation)"],
  },
  {
    code: "cloudflare_blocked",
    fits: (look) =>
      look.isStatus(403, 503) &&
      isCloudflare(look) &&
      (isItsPage(look) ? "certain" : look.isStatus(403) && look.isEmpty && "likely"),
    meaning: (look) => `Cloudflare blocked the request before it reached your server (${look.status}).`,
    nextStep: "Add a rule that lets POST requests to this path through bot protection.",
    tellApart: "The event at Security → Events there names the rule; your server's log has nothing of it.",
    seen: ["Cloudflare: 403 with cf-mitigated: challenge, or errors 1006 to 1020 (its documentation)"],
  },
  ofCloudflare(
    520,
    "cloudflare_unreadable_answer",
    "Cloudflare got an answer from your server that it could not read (520).",
    "Look at your server's log for a crash or a connection that it closed early.",
  ),
  ofCloudflare(
    521,
    "cloudflare_refused",
    "Cloudflare reached your server's address, but nothing accepts connections there (521).",
    "Start the server, and let Cloudflare's addresses through its firewall.",
  ),
  ofCloudflare(
    522,
    "cloudflare_connect_timeout",
    "Cloudflare could not connect to your server in time (522).",
    "Check that the server is up and that its firewall lets Cloudflare in.",
  ),
  ofCloudflare(
    523,
    "cloudflare_no_address",
    "Cloudflare cannot find your server's address (523).",
    "Check the DNS record of the origin at Cloudflare.",
  ),
  ofCloudflare(
    524,
    "cloudflare_answer_timeout",
    "Cloudflare connected, but your server took too long to answer (524).",
    "Answer 200 first and do the work afterwards, in a queue.",
  ),
  ofCloudflare(
    525,
    "cloudflare_handshake_failed",
    "The TLS handshake between Cloudflare and your server failed (525).",
    "Check the certificate on the origin server.",
  ),
  ofCloudflare(
    526,
    "cloudflare_certificate_refused",
    "Cloudflare does not trust your server's certificate (526).",
    "Renew the certificate on the origin server.",
  ),
  ofCloudflare(
    530,
    "cloudflare_origin_error",
    "Cloudflare could not get to your server (530).",
    "The error number in the response says why: 1016 is the DNS record of the origin.",
  ),
];

import { judgeAddress } from "../network/address";
import { isAddress } from "./look";

/** Under these, and under the country's `co.uk` and the like, every name is somebody else's. */
const shared = [
  "amazonaws.com",
  "azurewebsites.net",
  "cloudfront.net",
  "fly.dev",
  "github.io",
  "herokuapp.com",
  "netlify.app",
  "ngrok.app",
  "ngrok-free.app",
  "onrender.com",
  "pages.dev",
  "up.railway.app",
  "run.app",
  "vercel.app",
  "web.app",
  "workers.dev",
];
const ofCountry = /(?:^|\.)(?:co|com|net|org|gov|ac|edu|or|ne)\.[a-z]{2}$/;

/**
 * The part of a host name that one owner has: `example.com` of `hooks.example.com`. Without the list of all public
 * suffixes it is an estimate, good enough to decide whether a URL is worth a suggestion.
 */
export function siteOf(host: string): string {
  if (isAddress(host)) return host;
  const name = host.replace(/^www\./, "");
  const suffix = shared.find((each) => name.endsWith(`.${each}`));
  const ownLabels = 1 + (suffix?.split(".").length ?? (ofCountry.test(name) ? 2 : 1));
  return name.split(".").slice(-ownLabels).join(".");
}

/** Whether a host means something inside a network only: `localhost`, `app`, `10.0.3.7`, `web.internal`. */
export function isInnerHost(host: string): boolean {
  if (isAddress(host)) return judgeAddress(host, []) !== null;
  return !host.includes(".") || /\.(?:localhost|local|internal|lan|localdomain)$/.test(host);
}

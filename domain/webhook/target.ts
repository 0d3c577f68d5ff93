import { webhookLimits } from "../limits";
import { type Cidr, judgeAddress } from "../network/address";
import { parseUrl } from "../network/parse-url";

const maxUrlLength = webhookLimits.url;

/**
 * Whether a URL may be registered as a webhook: the parsed URL, or one sentence that says what to change.
 * Every target is judged again when it is dialled, so a name is refused here only where it can never be meant.
 * With `allow`, names are left to that check, and address literals inside it are accepted.
 */
export function checkTarget(raw: string, allow: readonly Cidr[]): { url: URL } | { problem: string } {
  const textProblem = checkText(raw);
  if (textProblem) return { problem: textProblem };
  const url = parseUrl(raw);
  if (!url) return { problem: /^https:\/\//i.test(raw) ? badUrl : notUrl };
  const problem = checkScheme(raw, url) ?? checkHost(url.hostname, allow) ?? checkPort(url);
  return problem ? { problem } : { url };
}

/**
 * What is wrong with where a listener's program sends what it takes, in one sentence; null when nothing is. Any host
 * may be meant, for nobody but that program dials it, from where it runs.
 */
export function forwardProblem(raw: string): string | null {
  const textProblem = checkText(raw);
  if (textProblem) return textProblem;
  if (!/^https?:$/.test(parseUrl(raw)?.protocol ?? ""))
    return "Must be a URL that begins with http:// or https://.";
  return hasUserInfo(raw) ? userInfoProblem : null;
}

const badUrl =
  "This URL has no host, or a host or port that cannot be. Write it like https://example.com/webhooks.";
const notUrl = "This is not a complete URL. Write it like https://example.com/webhooks.";

function checkText(raw: string): string | null {
  if (raw === "") return notUrl;
  if (raw.length > maxUrlLength)
    return `The URL is ${raw.length} characters long. Use one of at most ${maxUrlLength} characters.`;
  if (/\s/u.test(raw)) return "The URL contains a space or a line break. Remove it, or write it as %20.";
  if (raw.includes("\\")) return "The URL contains a backslash. Use / instead, or write it as %5C.";
  // Control, invisible formatting, and half characters: what is seen would not be what is dialled.
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(raw)) return "The URL contains an invisible character. Type it again.";
  return null;
}

function checkScheme(raw: string, url: URL): string | null {
  if (url.protocol === "http:")
    return "The URL begins with http://. Use https://, so that events travel encrypted.";
  if (url.protocol !== "https:") return `The URL begins with ${url.protocol} and must begin with https://.`;
  return hasUserInfo(raw) ? userInfoProblem : null;
}

const userInfoProblem =
  "The URL contains a user name or password. Remove everything before the @, and check the signature instead.";

/** An empty one is gone once the URL is parsed. */
const hasUserInfo = (raw: string) => /^https?:\/*[^/?#]*@/i.test(raw);

function checkHost(hostname: string, allow: readonly Cidr[]): string | null {
  const literal = addressLiteral(hostname);
  if (literal) {
    const reason = judgeAddress(literal, allow);
    return reason && `${literal} is ${reason}. Use a host that the public internet can reach.`;
  }
  const name = hostname.replace(/\.$/, "");
  const labels = name.split(".");
  if (name.length > 253 || labels.some((label) => label === "" || label.length > 63))
    return `${hostname.slice(0, 80)} is not a valid host name. Check the part between https:// and the path.`;
  if (allow.length > 0 || !(labels.length === 1 || isLocalName(labels))) return null;
  return `${name} is a name that only exists inside a network. Use a host name that is public, like example.com.`;
}

/** WHATWG URL writes every spelling of an IPv4 address (0x7f.1, 2130706433, …) as four decimals. */
function addressLiteral(hostname: string): string | null {
  if (hostname.startsWith("[")) return hostname.slice(1, -1);
  return /^[\d.]+$/.test(hostname) ? hostname : null;
}

/** Whether a URL means a machine that only a private network has, such as the one it is typed on. */
export function isPrivateTarget(raw: string): boolean {
  const hostname = parseUrl(raw)?.hostname;
  if (hostname === undefined) return false;
  const literal = addressLiteral(hostname);
  if (literal) return judgeAddress(literal, []) !== null;
  return isLocalName(hostname.replace(/\.$/, "").split("."));
}

const isLocalName = (labels: string[]) => localSuffixes.has(labels.at(-1) ?? "");

/** RFC 6761, RFC 6762, and the name that ICANN set aside for private networks. */
const localSuffixes = new Set(["localhost", "local", "internal"]);

function checkPort(url: URL): string | null {
  if (!blockedPorts.has(Number(url.port || 443))) return null;
  return `Port ${url.port} belongs to another protocol than HTTPS. Use 443 or another port, like 8443.`;
}

/** The bad ports of the Fetch standard, which browsers refuse too: https://fetch.spec.whatwg.org/#port-blocking */
const blockedPorts = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

import type { Cause, Fit } from "../cause";
import type { Look } from "../look";
import { asksForLogin } from "./access";

/** Refusals of the signature, in whatever words an application has for them. */
export const signatures: Cause[] = [
  {
    code: "other_sender_expected",
    fits: (look) => isRefusal(look) && otherSender(look) !== null && "certain",
    meaning: (look) =>
      `Your handler is made for ${otherSender(look)}, and looks for its signature: “${look.words}”.`,
    nextStep:
      "Verify X-Signature or webhook-signature here instead: the signature page has the code for your language.",
    seen: [
      "FastAPI 0.92: 400 x-hub-signature-256 header is missing",
      "stripe (npm): 400 No stripe-signature header value was provided (its source)",
      "svix (npm): 400 Missing required headers (its source)",
    ],
    isAboutSignature: true,
  },
  {
    code: "timestamp_refused",
    fits: timeRefused,
    meaning: (look) => `Your endpoint refuses the time of the signature: “${look.words}”.`,
    nextStep:
      "Check your server's clock, and that webhook-timestamp is read as seconds. Each attempt is signed anew, so five minutes are enough.",
    tellApart:
      "Your server's clock is off, or the time is read in another unit; a login's token expires likewise.",
    seen: [
      "standardwebhooks 1.1.1 (npm): Message timestamp too old",
      "FastAPI 0.92: 401 Timestamp is too old",
    ],
    isAboutSignature: true,
  },
  {
    code: "signature_refused",
    fits: signatureRefused,
    meaning: (look) =>
      look.says("evaluating hook rules")
        ? "Your endpoint refused the signature: webhook (the program) answers like this when the secrets differ."
        : `Your endpoint refuses the signature: “${look.words}”.`,
    nextStep:
      "Compare with this attempt in the signature helper: it names the mistake, most often the secret or a parsed body.",
    tellApart: "The signature helper, with what your code computed, says whether it would have fit.",
    seen: [
      "webhook 2.8.0: 500 Error occurred while evaluating hook rules",
      "Flask 2.2: 400 invalid signature",
      "standardwebhooks 1.1.1 (npm): No matching signature found, Missing required headers",
    ],
    isAboutSignature: true,
  },
  {
    code: "signed_url_expected",
    fits: (look) => isOfSignedUrls(look) && "likely",
    meaning: "A middleware for signed URLs refused the request (403): it wants a signature within the URL.",
    nextStep: "Take that middleware off this path only, and verify the webhook's signature in the handler.",
    tellApart: "In Laravel, the route has the middleware “signed”.",
    seen: ["Laravel, middleware signed: 403 Invalid signature. (its documentation)"],
  },
  {
    code: "secret_not_set",
    fits: (look) => look.status >= 400 && secretUnset.test(look.text) && "likely",
    meaning: (look) =>
      `Your application has no secret to verify signatures with (${look.status}): “${look.words}”.`,
    nextStep: "Set the webhook's secret in the application's environment, and start it again.",
    tellApart: "The variable is empty where the application runs.",
    seen: ["Node.js 20 createHmac: 500 The key argument must be of type string. Received undefined"],
  },
  {
    code: "refused_without_login",
    fits: (look) => look.isStatus(401) && !look.isPage && asksForLogin(look) === false && "likely",
    meaning: "Your endpoint refused the request (401) and asks for no login: most often it is the signature.",
    nextStep: "Compare with this attempt in the signature helper; look at the secret first.",
    tellApart: "The signature helper, with what your code computed, says whether it would have fit.",
    seen: ["Slack Bolt for JavaScript: 401 without a body (its source)", "Hono: 401 Unauthorized"],
    isAboutSignature: true,
  },
];

/** Statuses with which handlers refuse; a gateway's and a missing path's speak of something else. */
const isRefusal = (look: Look) => look.isStatus(400, 401, 403, 406, 412, 417, 422, 498, 500);

/** Of whom, by a header that nobody else sends. */
const otherSenders: [string, string[]][] = [
  ["GitHub", ["x-hub-signature", "x-github-event", "x-github-delivery"]],
  ["Stripe", ["stripe-signature", "received from stripe", "signatures from header"]],
  ["Svix", ["svix-id", "svix-signature", "svix-timestamp"]],
  ["GitLab", ["x-gitlab-token", "x-gitlab-event"]],
  ["Slack", ["x-slack-signature", "x-slack-request-timestamp"]],
  ["Shopify", ["x-shopify-hmac"]],
  ["Twilio", ["x-twilio-signature"]],
  ["PayPal", ["paypal-transmission"]],
  ["Paddle", ["paddle-signature"]],
  ["Square", ["x-square-hmacsha256"]],
  ["Linear", ["linear-signature"]],
  ["Razorpay", ["x-razorpay-signature"]],
  ["Paystack", ["x-paystack-signature"]],
  ["LINE", ["x-line-signature"]],
  ["Zoom", ["x-zm-signature"]],
  ["WooCommerce", ["x-wc-webhook"]],
  ["Discord", ["x-signature-ed25519"]],
  ["Clerk", ["clerk webhook"]],
  ["Telegram", ["x-telegram-bot-api-secret-token"]],
];

const otherSender = (look: Look) => otherSenders.find(([, words]) => look.says(...words))?.[0] ?? null;

function timeRefused(look: Look): Fit | false {
  if (!isRefusal(look) || look.isStatus(500) || look.isPage || isOfBody(look)) return false;
  // Frameworks write the time of an error into its JSON.
  const text = look.text.replace(/"timestamp": ?(?:"[^"]{0,40}"|\d+)/g, "");
  if (/"timestamp": ?\[/.test(text) || otherSignedThings.test(text)) return false;
  const isClear = !look.isStatus(422) && !look.has("www-authenticate");
  if (/outside (?:of )?(?:the )?tolerance/.test(text)) return isClear ? "certain" : "likely";
  if (/time[ _-]?stamp/.test(text) && clearlyLate.test(text)) return isClear ? "certain" : "likely";
  return (
    (/\breplay(?:ed)?\b|(?:request|event) (?:is |has )?(?:too old|expired)/.test(text) ||
      (/time[ _-]?stamp|signature/.test(text) && (clearlyLate.test(text) || perhapsLate.test(text)))) &&
    "likely"
  );
}

const clearlyLate = /too old|too new|too far|stale|expired|out(?:side)? of (?:tolerance|the allowed)|skew/;
const perhapsLate = /in the future|out(?:side)? of range/;

/** What is signed, too, and expires: tokens, sessions and URLs. */
const otherSignedThings = /jwt|session|sign(?:ed)?[ -](?:in|out|up|url)\b/;

/** A signature, and near it that something is wrong with one. */
const refusalWords =
  /(?:(?:invalid|bad|wrong|incorrect|missing|mismatch|unverified|failed|verif|match|required)\w{0,10}|\bnot?\b)[^.{}<>]{0,60}(?:signature|hmac|(?:content|body|message|hash)[ -]digest)|(?:signature|hmac|(?:content|body|message|hash)[ -]digest)\w{0,12}[^.{}<>]{0,60}\b(?:invalid|mismatch|missing|required|failed|wrong|incorrect|not|verif\w{1,9}|match\w{0,4}|refused|rejected|denied)\b|digests? (?:mismatch|(?:do|does) ?n[o']t match)/;

function signatureRefused(look: Look): Fit | false {
  if (!isRefusal(look)) return false;
  if (look.says("evaluating hook rules")) return "likely";
  if (look.says("hook rules were not satisfied")) return "certain";
  if (look.says("missing required headers", "webhook secret") && !secretUnset.test(look.text))
    return "likely";
  const text = look.text.slice(0, 2_000);
  if (isOfBody(look) || !refusalWords.test(text) || isOtherSignature(look)) return false;
  if (signatureField.test(text) || look.has("www-authenticate")) return "possible";
  return look.status < 500 && !look.isPage && !isOfSignedUrls(look) ? "certain" : "likely";
}

/** Of a login's token, or of a function in the code; and where no secret is set, none was compared. */
const isOtherSignature = ({ text }: Look) =>
  otherSignedThings.test(text) || codeSignature.test(text) || secretUnset.test(text);

const codeSignature =
  /(?:method|function|type|call) signature|signature[^.{}<>]{0,40}\b(?:parent|overload|compatible)|declaration of\b/;

/** One field among those that a validator lists. */
const signatureField = /\w\.signature\b|"signature": ?\[/;

const isOfSignedUrls = (look: Look) =>
  look.isStatus(403) && /"message": ?"invalid signature\."|invalidsignatureexception/.test(look.text);

const secretUnset =
  /(?:secret|signing key)s?\b[^.{}<>]{0,30}(?:not (?:been )?(?:configured|set|defined)|undefined|unset)|key\\?" argument must be [^{}<>]{0,120}received (?:undefined|null)/;

/** A validator that looks for a field of that name in the body. */
const isOfBody = (look: Look) => /"loc":\s?\["body"/.test(look.text);

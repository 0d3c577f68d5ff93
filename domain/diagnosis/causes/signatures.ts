import type { Cause, Fit } from "../cause";
import type { Look } from "../look";

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
    fits: (look) => isRefusal(look) && isAboutTime(look) && "certain",
    meaning: (look) => `Your endpoint refuses the time of the signature: “${look.words}”.`,
    nextStep:
      "Check your server's clock, and that webhook-timestamp is read as seconds. Each attempt is signed anew, so five minutes are enough.",
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

function isAboutTime(look: Look): boolean {
  if (look.isPage) return false;
  if (
    /\breplay(?:ed)?\b|outside (?:of )?(?:the )?tolerance|(?:request|event) (?:is )?too old/.test(look.text)
  )
    return true;
  return (
    /time[ _-]?stamp|signature|signed/.test(look.text) &&
    /too old|too new|too far|stale|expired|in the future|out(?:side)? of (?:range|tolerance|the allowed)|skew/.test(
      look.text,
    )
  );
}

/** A signature, and near it that something is wrong with one. */
const refusalWords =
  /(?:(?:invalid|bad|wrong|incorrect|missing|mismatch|unverified|failed|verif|match|required)\w{0,10}|\bnot?\b)[^.{}<>]{0,60}(?:signature|hmac|digest)|(?:signature|hmac|digest)\w{0,12}[^.{}<>]{0,60}\b(?:invalid|mismatch|missing|required|failed|wrong|incorrect|not|verif\w{1,9}|match\w{0,4}|refused|rejected|denied)\b|webhook secret/;

function signatureRefused(look: Look): Fit | false {
  if (!isRefusal(look)) return false;
  if (look.says("evaluating hook rules")) return "likely";
  if (look.says("hook rules were not satisfied")) return "certain";
  if (look.says("missing required headers")) return "likely";
  if (isOfBody(look) || !refusalWords.test(look.text.slice(0, 2_000))) return false;
  return look.status < 500 && !look.isPage ? "certain" : "likely";
}

/** A validator that looks for a field of that name in the body. */
const isOfBody = (look: Look) => /"loc":\s?\["body"/.test(look.text);

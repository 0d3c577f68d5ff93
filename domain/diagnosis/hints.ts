import { parseJson } from "../event/json";
import type { Cause, Fit } from "./cause";
import { type Explanation, explain } from "./diagnose";
import type { Evidence } from "./evidence";
import { Look } from "./look";

/**
 * What a delivery that succeeded has to say all the same; the first that fits is told. A receiver that answers as it
 * should is never told anything: short words, JSON and nothing at all are good answers.
 */
export const hints: Cause[] = [
  {
    code: "says_refused",
    fits: saysRefused,
    meaning: (look) => `It counts as delivered, but the answer says that it was refused: “${look.words}”.`,
    nextStep:
      "Answer a refusal with 4xx: then it is tried again, and shown. The signature helper says what is wrong with it.",
    seen: [
      "webhook 2.8.0, signature missing: 200 Hook rules were not satisfied",
      'PHP 8.2 die("Invalid signature"): 200',
      "F5 BIG-IP ASM: 200 The requested URL was rejected (its documentation)",
    ],
    isAboutSignature: true,
  },
  {
    code: "says_error",
    fits: saysError,
    meaning: (look) => `It counts as delivered, but the answer shows an error: “${errorWords(look)}”.`,
    nextStep:
      "Look at that error; and let it be answered with 500 (in PHP: display_errors=0), so that the event is tried again.",
    seen: ["PHP 8.2 display_errors, with output before the error: 200 Fatal error"],
  },
  {
    code: "says_failed",
    fits: saysFailed,
    meaning: (look) => `It counts as delivered, but the answer says that it failed: “${look.words}”.`,
    nextStep:
      "Answer a failure with 5xx: then it is tried again, and shown. Redeliver this one once it works.",
    seen: ["Flask 2.2: 200 with “success”: false in JSON"],
  },
  {
    code: "says_maintenance",
    fits: saysMaintenance,
    meaning: (look) => `It counts as delivered, but the answer speaks of maintenance: “${look.words}”.`,
    nextStep: "Answer 503 during maintenance: then it is tried again. Redeliver what came meanwhile.",
    seen: ["pages of maintenance that are answered with 200"],
  },
  {
    code: "looks_like_page",
    fits: looksLikePage,
    meaning: (look) =>
      `It counts as delivered, but what answered is a page${look.words === "" ? "" : ` (“${look.words}”)`}, and perhaps no handler.`,
    nextStep:
      "Check in your application's log that the event id arrived; else correct the path, or pass it on to your application.",
    seen: [
      "Apache 2.4, Caddy 2.6, lighttpd 1.4, Tomcat 10.1 with static files, serve 14.2 -s, nginx 1.22 error_page 405 =200: 200 and HTML",
    ],
  },
  {
    code: "empty_answer_of_caddy",
    fits: isEmptyAnswerOfCaddy,
    meaning: "It counts as delivered, but Caddy answers 200 with nothing where none of its handlers matches.",
    nextStep: "Check in your application's log that the event id arrived; else let Caddy pass this path on.",
    seen: ["Caddy 2.6 without a matching handler: 200 without a body"],
  },
];

/** What is odd about an answer that counts as delivered; null when nothing is. */
export function hintOf(evidence: Evidence): Explanation | null {
  const look = new Look(evidence);
  if (!look.isAnswered || evidence.error !== null) return null;
  const hint = hints.find((each) => each.fits(look));
  return hint ? explain(hint, look) : null;
}

const refusals =
  /hook rules were not satisfied|(?:invalid|bad|wrong|missing|no) (?:webhook )?(?:signature|hmac|secret)|signature (?:mismatch|invalid|missing|verification failed|does not match|check failed)|^unauthori[sz]ed\b|^forbidden\b|^access denied\b|requested url was rejected|invalid (?:csrf|token)|csrf verification failed/;

/** At the start of an answer: what a page says far below is about something else. */
function saysRefused(look: Look): Fit | false {
  return refusals.test(look.text.slice(0, 1_000).trim()) && "likely";
}

const errors =
  /fatal error<\/b>|parse error<\/b>|php (?:fatal|parse) error|fatal error: (?:uncaught|allowed memory)|uncaught (?:error|exception|typeerror)|traceback \(most recent call last\)|unhandled exception/;

function saysError(look: Look): Fit | false {
  return errors.test(look.text) && "likely";
}

/** From where the error begins, without markup. */
function errorWords(look: Look): string {
  const start = Math.max(0, look.text.search(errors));
  const words = look.evidence.body.slice(start, start + 400).replace(/<[^<>]{0,100}>/g, "");
  return words
    .replace(/[\s\p{C}]+/gu, " ")
    .trim()
    .slice(0, 160);
}

/** In JSON, by one of the names that such answers commonly have. */
function saysFailed(look: Look): Fit | false {
  const parsed = parseJson(look.evidence.body);
  const answer = "value" in parsed ? parsed.value : null;
  if (typeof answer !== "object" || answer === null) return false;
  const { error, success, ok, status } = answer as Record<string, unknown>;
  return (error === true || success === false || ok === false || status === "error") && "likely";
}

const maintenanceWords =
  /maintenance mode|(?:under|in|down for|scheduled|planned) maintenance|>\s?(?:site )?maintenance\s?<|be right back|we(?:'ll| will) be back|temporarily (?:unavailable|down)/;

/** In a short answer that is no JSON: what a long page says may be about something else. */
function saysMaintenance(look: Look): Fit | false {
  const isShort = look.text.length < 4_000 && !/^[{[]/.test(look.text);
  return isShort && maintenanceWords.test(look.text) && "likely";
}

function looksLikePage(look: Look): Fit | false {
  return look.isPage && "likely";
}

/** Caddy passes an application's answer on with headers of that: by itself it sends none. */
function isEmptyAnswerOfCaddy(look: Look): Fit | false {
  const own = ["server", "date", "content-length", "alt-svc", "connection"];
  const isBare = Object.keys(look.evidence.headers).every((name) => own.includes(name));
  return look.isStatus(200) && look.isEmpty && look.header("server") === "Caddy" && isBare && "possible";
}

import type { Cause, Fit } from "../cause";
import type { EarlierAttempt } from "../evidence";
import type { Look } from "../look";

/** An application that knows the event already. */
export const conflicts: Cause[] = [
  {
    code: "done_but_too_late",
    fits: (look) => isKnownAlready(look) && mayBeDone(look) && brokeOff(look).some(wasWaitedFor) && "likely",
    meaning: (look) =>
      `An earlier attempt did the work, only its answer came too late; now the event is taken for a repeat (${look.status}).`,
    nextStep:
      "Answer 200 to an id whose work is done, and answer once the event is stored, before the work. Look whether this one's was done before you remove its id.",
    tellApart: "Your records hold what belongs to the event: its work was done.",
    seen: ["handlers that work for longer than we, or the proxy in front of them, wait"],
  },
  {
    code: "stored_before_done",
    fits: storedBeforeDone,
    meaning: (look) =>
      `Your code stored the event's id before the work was done: an earlier attempt of this event failed on the way, and now it is taken for a repeat (${look.status}).`,
    nextStep:
      "Look whether the work was done before you remove the id: only if it was not, remove it and redeliver. Store ids in the same transaction as the work.",
    tellApart: "Your records hold the event id, and nothing of what belongs to it.",
    seen: ["Flask 2.2: 500, then 409 duplicate event"],
  },
  {
    code: "conflict",
    fits: (look) => (look.isStatus(409) || isRepeat(look)) && !storedBeforeDone(look) && "likely",
    meaning: (look) =>
      look.isStatus(409)
        ? "Your endpoint reports a conflict (409), often an event that it has already seen."
        : `Your endpoint says that it has this already (${look.status}): “${look.words}”.`,
    nextStep:
      "Answer 200 to an event whose work is done: repeats are part of at-least-once delivery. If it was not done, do it.",
    tellApart: "Your records hold the event id, and what belongs to it was done.",
    seen: [
      "409 of applications",
      "Rails, PostgreSQL, MongoDB, Prisma: their words for a key that exists (their documentation)",
    ],
  },
];

/** Certain where the application itself failed, and says nothing of another conflict than with itself. */
function storedBeforeDone(look: Look): Fit | false {
  if (!isKnownAlready(look) || !mayBeDone(look)) return false;
  if (brokeOff(look).length > 0) return "likely";
  if (!look.history.earlier.some(failedInApplication)) return false;
  return look.isStatus(409) && (isRepeat(look) || saysNothing(look)) ? "certain" : "likely";
}

const isKnownAlready = (look: Look) =>
  look.isStatus(409) ? isRepeat(look) || !stateWords.test(look.text) : isRepeat(look);

/** Of what was delivered before, no attempt was left half done. */
const mayBeDone = ({ history }: Look) => history.earlier.every(({ errorCode }) => errorCode !== null);

const isRepeat = (look: Look) =>
  look.isStatus(400, 409, 422, 500) && repeatWords.test(look.text) && !stateWords.test(look.text);

const repeatWords =
  /\bduplicated?\b|already (?:been )?(?:processed|handled|received|seen|exists?|taken|stored|recorded|known|consumed|done)|e11000|unique[ _]constraint|\bexists\b/;

/** A conflict with what the event is about, and not with an earlier attempt of it. */
const stateWords = /\bstates?\b|\block(?:ed)?\b|\bversions?\b|\bconcurren|\bin progress\b|\bmodified\b/;

/** No words but those of the status. */
const saysNothing = (look: Look) =>
  look.text
    .replace(/status_?code|\b(?:status|code|error|message|detail|title|conflict)\b/g, "")
    .match(/[a-z]/) === null;

/** What an application answers itself: 502 to 504 and 520 to 530 are those of proxies. */
const failedInApplication = ({ statusCode }: EarlierAttempt) =>
  statusCode !== null && statusCode >= 500 && statusCode < 520 && !proxyStatuses.includes(statusCode);

const proxyStatuses = [502, 503, 504];

/** Attempts that came to no answer of the application, which may have gone on all the same. */
const brokeOff = ({ history }: Look) =>
  history.earlier.filter((attempt) => {
    const { statusCode, errorCode } = attempt;
    return statusCode === null
      ? errorCode !== null && codesAfterSending.includes(errorCode)
      : statusCode >= 500 && !failedInApplication(attempt);
  });

/** What an attempt can end with whose request was sent. */
const codesAfterSending: EarlierAttempt["errorCode"][] = [
  "response_timeout",
  "connect_reset",
  "protocol_error",
  "header_overflow",
  "worker_lost",
];

const wasWaitedFor = ({ durationMs }: EarlierAttempt) => durationMs >= 1_000;

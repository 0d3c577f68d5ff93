import { errorCodes, failureDetails, type PeerFacts } from "../delivery/outcome";
import type { Cause } from "./cause";
import type { Evidence } from "./evidence";
import { Look } from "./look";
import { nothingSeen } from "./outcome-evidence";

const hour = 3_600_000;

/** Says what a cause means and what to do where nothing was seen: on the page that lists them all. */
export function saidTypically(cause: Cause): { meaning: string; nextStep: string } {
  const look = typicalLook(cause);
  const say = (words: Cause["meaning"]) => (typeof words === "string" ? words : blank(words(look)));
  return { meaning: say(cause.meaning), nextStep: say(cause.nextStep) };
}

/** What it is usually seen by: the first that it explains, else what comes nearest. */
function typicalLook(cause: Cause): Look {
  const looks = typicalEvidence(cause).map((evidence) => new Look(evidence));
  return looks.find((look) => cause.fits(look)) ?? (looks[0] as Look);
}

/** Answers first, as `seen` has them in their words; then failures without an answer, then answers of every status. */
export function typicalEvidence({ seen }: Cause): Evidence[] {
  return [...seen.map(asSeen), ...unanswered, ...answered];
}

/** `nginx 1.22: 400 No required SSL certificate was sent` is a server, a status and a body. */
function asSeen(words: string): Evidence {
  const [, server = "", status = "400", rest = ""] =
    /^(.*?)(?:: |\b)([2-5]\d\d)\b[ ,]*(.*)$/.exec(words) ?? [];
  return answer(Number(status), { server: server.trim() }, rest.startsWith("of ") ? "" : rest);
}

const facts: PeerFacts = { reason: "…" };

const typical: Evidence = {
  ...nothingSeen({ code: "http_status", message: "" }),
  url: "https://hooks.example.com/in",
  eventType: "search_completed",
  sentBytes: 100_000,
  durationMs: 4_000,
  peer: { ...nothingSeen(null).peer, facts },
};

function answer(statusCode: number, headers: Evidence["headers"] = {}, body = ""): Evidence {
  const failedAt = Date.UTC(2026, 0, 1);
  return {
    ...typical,
    statusCode,
    headers: { location: "https://hooks.example.com/moved", ...headers },
    body,
    rotation: { rotatedAt: failedAt - hour, until: null, failedAt, isTest: false },
  };
}

const unanswered: Evidence[] = [null, ...failureDetails].flatMap((detail) =>
  errorCodes.map((code) => ({ ...typical, error: { code, message: "" }, detail })),
);

const answered: Evidence[] = Array.from({ length: 300 }, (_, index) => answer(300 + index));

/** What only an attempt could tell is left open. */
const blank = (words: string) =>
  words
    .replace(/\b(?:undefined|null)\b/g, "…")
    .replaceAll("“”", "“…”")
    .replaceAll("()", "(…)");

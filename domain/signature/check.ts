import { withoutTrailing } from "../trailing";
import { libraryHint } from "../webhook/library-secret";
import { bodySignature, standardSignature } from "../webhook/signature";
import { describeBody, printedAgain } from "./body-difference";
import { printedValue } from "./body-text";
import { claimsIn, digestIn } from "./digest-text";
import { errorMeanings } from "./error-words";
import { bad, type Finding, info, ok } from "./finding";
import { likelyMistakes } from "./likely-mistakes";
import { missingHeaders } from "./missing-headers";
import { explainClaims, schemesInWords } from "./own-mistakes";
import type { Received } from "./received";
import { timeFindings } from "./time-findings";

/** What a receiver got, and what we know of it. */
export type SignatureQuestion = {
  received: Received;
  /** The event that it is about, as it was sent; null when it is not known. */
  sent: SentEvent | null;
  secrets: { name: "current" | "previous"; secret: string }[];
  /** Of the customer's other webhooks, by their URLs. */
  others: { url: string; secret: string }[];
  nowSeconds: number;
};

export type SentEvent = { id: string; body: string; attempts: SentAttempt[] };

/** `headers` without the signatures, which are not kept, under the names that were sent. */
export type SentAttempt = {
  number: number;
  headers: Record<string, string>;
  /** How far the clock in the answer's Date was ahead of ours, in seconds; null when there was none. */
  aheadSeconds: number | null;
};

/** What stands, in brackets, for a signature where a form was filled in with an attempt: they are not kept. */
export const asSent = "as sent";

/** Tells which secret and scheme a request's signatures fit, or exactly why they do not; the cause first, if one is found. */
export function checkSignature(question: SignatureQuestion): Finding[] {
  if (question.secrets.length === 0)
    return [bad("This webhook has no signing secret, so its requests carry no signature.")];
  const seen = whatWasSeen(question);
  const said = libraryFindings(question);
  const causes = [...claimFindings(question, seen), ...errorMeanings(logOf(question)).map(bad)];
  const facts = [
    ...missingHeaders(question.received.headers, logOf(question), seen.attempt && signedNames(seen.attempt)),
    ...bodyFindings(question, seen),
    ...schemesOf(question.received.headers).flatMap((scheme) => schemeFinding(scheme, question, seen)),
    ...timeFindings({
      stamp: question.received.headers["webhook-timestamp"],
      log: logOf(question),
      aheadSeconds: seen.attempt?.aheadSeconds ?? null,
      isKnown: seen.attempt !== null,
      nowSeconds: question.nowSeconds,
    }),
  ];
  const isExplained = [...causes, ...facts].some(({ tone }) => tone === "bad");
  return [...causes, ...said, ...facts, ...(isExplained ? [] : leftOver(question, said.length > 0))];
}

const logOf = ({ received: { pasted } }: SignatureQuestion) => `${pasted.words}\n${pasted.headers}`;

/** The body as we take it to have come in, and the attempt that brought it. */
type Seen = { body: string; shownAs: string | null; attempt: SentAttempt | null };

/** Of the bodies that a text may stand for, the one that was sent or that a signature fits; else the text as it is. */
function whatWasSeen({ received, sent, secrets }: SignatureQuestion): Seen {
  const { bodies, headers } = received;
  const stamp = headers["webhook-timestamp"]?.slice(0, secondsDigits);
  const attempts = sent?.attempts ?? [];
  const attempt =
    attempts.find((each) => each.headers["webhook-timestamp"] === stamp) ??
    attempts.find((each) => String(each.number) === headers["x-attempt"]) ??
    (stamp === undefined ? attempts[0] : undefined) ??
    null;
  const schemes = schemesOf(headers);
  const found =
    bodies.find(({ body }) => body === sent?.body) ??
    bodies.find(({ body }) =>
      schemes.some((scheme) => secrets.some(({ secret }) => fits(scheme, headers, body, secret) !== null)),
    ) ??
    bodies[0];
  if (!found) return { body: sent?.body ?? "", shownAs: null, attempt };
  return { ...found, attempt };
}

/** Of unix seconds, until 2286. Of milliseconds, the first ones are the same. */
const secondsDigits = 10;

const signedNames = ({ headers }: SentAttempt) => [
  ...Object.keys(headers),
  "X-Signature",
  "webhook-signature",
];

function claimFindings(question: SignatureQuestion, seen: Seen): Finding[] {
  const { received, sent, secrets, others } = question;
  if (isSameTwice(received)) return [bad(sameTwice)];
  if (received.claims.length === 0) return [];
  const found = explainClaims(received.claims, {
    body: sent?.body ?? seen.body,
    pasted: received.bodies[0]?.body ?? seen.body,
    id: sent?.id ?? received.headers["webhook-id"],
    timestamp: received.headers["webhook-timestamp"] ?? seen.attempt?.headers["webhook-timestamp"],
    secrets,
    others,
  });
  if (found !== null) return [bad(found)];
  if (
    !/comput|calculat|expect|digest|hmac|generat|should|own/i.test(logOf(question)) &&
    !isDigestAlone(received.pasted.words)
  )
    return [];
  return [
    info(
      `What your code computed fits none of the usual mistakes: check which secret it uses, and whether it sees the raw body. ${schemesInWords}`,
    ),
  ];
}

const sameTwice =
  "The values in your log are the same, so what compares them is at fault: a text with bytes, a result that is turned around, or an answer that is sent before.";

/** Whether the words hold a signature that came in twice: as what was expected, and as what was found. */
function isSameTwice({ headers, pasted }: Received): boolean {
  const given = schemesOf(headers).flatMap(({ spellings }) => spellings);
  const named = claimsIn(pasted.words).map(({ digest }) => digest);
  return named.some((digest, index) => given.includes(digest) && named.indexOf(digest) < index);
}

const isDigestAlone = (words: string) => /^\s{0,9}\S{20,200}\s{0,9}$/.test(words);

/** What all libraries of Standard Webhooks say of a signature that does not fit, and the only mistake that a secret's form makes certain. */
function libraryFindings(question: SignatureQuestion): Finding[] {
  if (!/No matching signature found/i.test(logOf(question))) return [];
  const hints = question.secrets.flatMap(({ secret }) => libraryHint(secret) ?? []);
  return [...new Set(hints)].map((hint) => bad(`A library of Standard Webhooks says this. ${hint}`));
}

function bodyFindings({ received, sent }: SignatureQuestion, seen: Seen): Finding[] {
  if (received.bodies.length === 0)
    return [info("No body was pasted: what follows holds for the body as it was sent.")].filter(
      () => sent !== null,
    );
  const printed = printedValue(seen.body);
  const about = seen.shownAs === null ? "" : ` Your log shows it as ${seen.shownAs}.`;
  if (sent === null) {
    return [
      ...(printed ? [bad(`The body is ${printed.words}. Log the raw bytes.`)] : []),
      info("The event of this request is not known any more, so bodies cannot be compared."),
    ];
  }
  if (printed?.isParsed) {
    return [
      info(
        `The body is pasted as ${printed.words}, which is no longer what came in. If your code signs that, sign the raw bytes instead.`,
      ),
    ];
  }
  if (printed) return [bad(`The body is ${printed.words}.`)];
  const difference = describeBody(seen.body, sent.body);
  if (difference !== null) return [bad(`${difference}${otherEvent(received, sent)}`)];
  return [ok(`The body is exactly what was sent.${about}`)];
}

function otherEvent({ headers }: Received, { id }: SentEvent): string {
  const named = headers["webhook-id"];
  return named && named !== id ? ` Its headers are those of event ${named}, and the body that of ${id}.` : "";
}

const schemeNames = ["X-Signature", "X-Signature-Next", "X-Signature-Previous", "webhook-signature"] as const;

type Scheme = {
  name: (typeof schemeNames)[number];
  values: string[];
  /** The digests in them, however they were quoted, marked or encoded on their way here. */
  spellings: string[];
};

function schemesOf(headers: Record<string, string>): Scheme[] {
  return schemeNames.flatMap((name) => {
    const value = headers[name.toLowerCase()]?.trim();
    if (!value || value === asSent) return [];
    const values = value.split(/\s+/);
    return [{ name, values, spellings: values.map(digestIn) }];
  });
}

/** Whether a signature is that of a body, and in the very spelling that was sent; null when it is not. */
function fits(
  scheme: Scheme,
  headers: Record<string, string>,
  body: string,
  secret: string,
): "exact" | "spelled" | null {
  const right = signatureOf(scheme, headers, body, secret);
  if (scheme.values.includes(right)) return "exact";
  return scheme.spellings.includes(digestIn(right)) ? "spelled" : null;
}

function schemeFinding(scheme: Scheme, question: SignatureQuestion, seen: Seen): Finding[] {
  const { headers } = question.received;
  const missing = scheme.name === "webhook-signature" ? missingParts(headers) : null;
  if (missing) return [bad(missing)];
  const timed = timesToTry(scheme, headers, seen.attempt);
  for (const { name, secret } of question.secrets) {
    for (const { body, words } of bodiesToTry(seen.body, question.sent?.body ?? null)) {
      for (const { stamp, inWords } of timed) {
        const fit = fits(scheme, { ...headers, "webhook-timestamp": stamp }, body, secret);
        if (fit === null) continue;
        const faults = [words, inWords, fit === "exact" ? null : "in another spelling than it was sent in"];
        const only = faults.filter((each) => each !== null).join(" and ");
        if (only === "") return [ok(`${scheme.name} fits the ${name} secret.`)];
        return [bad(`${scheme.name} fits the ${name} secret, but only ${only}.`)];
      }
    }
  }
  const other = question.others.find(({ secret }) => fits(scheme, headers, seen.body, secret) !== null);
  if (other) return [bad(`${scheme.name} was made with the secret of another webhook: ${other.url}.`)];
  return [
    bad(
      `${scheme.name} ${shapeProblem(scheme) ?? "fits no secret of this webhook: it was made with another one, or changed."}`,
    ),
  ];
}

/** webhook-timestamp as it came in, and as it was sent. */
function timesToTry(
  { name }: Scheme,
  headers: Record<string, string>,
  attempt: SentAttempt | null,
): { stamp: string; inWords: string | null }[] {
  const stamp = headers["webhook-timestamp"] ?? "";
  const sent = attempt?.headers["webhook-timestamp"] ?? stamp.slice(0, secondsDigits);
  const asItCame = { stamp, inWords: null };
  if (name !== "webhook-signature" || sent === stamp) return [asItCame];
  return [asItCame, { stamp: sent, inWords: `with webhook-timestamp as it was sent, ${sent}` }];
}

function bodiesToTry(body: string, sentBody: string | null): { body: string; words: string | null }[] {
  const trimmed = withoutTrailing(body, "\r\n");
  const again = printedAgain(body);
  return [
    { body, words: null },
    ...(sentBody !== null && sentBody !== body
      ? [{ body: sentBody, words: "over the body as it was sent" }]
      : []),
    ...(trimmed !== body ? [{ body: trimmed, words: "without the newline at the end of the body" }] : []),
    { body: `${body}\n`, words: "with a newline at the end of the body" },
    ...(body.includes("\r\n")
      ? [{ body: body.replaceAll("\r\n", "\n"), words: "with its line ends as \\n" }]
      : []),
    ...(body.trim() !== trimmed ? [{ body: body.trim(), words: "without the blanks around the body" }] : []),
    ...(again !== null ? [{ body: again, words: "over the same JSON without extra whitespace" }] : []),
  ];
}

function signatureOf(scheme: Scheme, headers: Record<string, string>, body: string, secret: string): string {
  if (scheme.name !== "webhook-signature") return bodySignature(body, secret);
  const { "webhook-id": eventId = "", "webhook-timestamp": timestamp = "" } = headers;
  return standardSignature({ eventId, timestamp }, body, secret);
}

function missingParts(headers: Record<string, string>): string | null {
  const missing = ["webhook-id", "webhook-timestamp"].filter((name) => !headers[name]);
  if (missing.length === 0) return null;
  return `webhook-signature cannot be checked without ${missing.join(" and ")}, which it covers too.`;
}

function shapeProblem({ name, values }: Scheme): string | null {
  const [value = ""] = values;
  if (name === "webhook-signature") {
    return values.every((each) => each.startsWith("v1,"))
      ? null
      : "should be v1, and base64, separated by spaces.";
  }
  if (!value.startsWith("sha256=")) return "should begin with sha256=.";
  return /^sha256=[0-9a-f]{64}$/.test(value) ? null : "should be sha256= and 64 hex digits.";
}

/** Nothing is wrong with what came in: what remains is in the receiver's code. */
function leftOver({ secrets }: SignatureQuestion, isHintTold: boolean): Finding[] {
  const [first] = secrets;
  if (!first) return [];
  return [
    ok(
      "What came in is right, as far as this shows. If your code refuses it all the same, one of these is left, the likeliest first:",
    ),
    ...likelyMistakes(first.secret, isHintTold).map((text, index) => info(`${index + 1}. ${text}`)),
  ];
}

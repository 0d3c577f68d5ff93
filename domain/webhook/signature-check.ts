import { createHmac } from "node:crypto";
import { withoutTrailing } from "../trailing";
import { describeBody, jsonIn, printedAgain } from "./body-difference";
import { pasteProblem } from "./pasted-secret";
import { standardKey } from "./signature";

/** What a receiver got, and what we know of it. Header names are lower case. */
export type SignatureQuestion = {
  headers: Record<string, string>;
  body: string;
  /** The exact body that was sent; null when the event is not known. */
  sentBody: string | null;
  secrets: { name: "current" | "previous"; secret: string }[];
  /** What the receiver's own code computed; null when not told. */
  computed: string | null;
  nowSeconds: number;
};

export type Finding = { tone: "ok" | "bad" | "info"; text: string };

/** Tells which secret and scheme a request's signatures fit, or exactly why they do not. */
export function checkSignature(question: SignatureQuestion): Finding[] {
  const { headers, secrets } = question;
  if (secrets.length === 0)
    return [bad("This webhook has no signing secret, so its requests carry no signature.")];
  const schemes = schemesOf(headers);
  const findings = [
    ...bodyFindings(question),
    ...schemes.flatMap((scheme) => schemeFinding(scheme, question)),
    ...timeFindings(question),
    ...computedFindings(question),
  ];
  if (schemes.length > 0) return findings;
  return [bad("There is no X-Signature and no webhook-signature among these headers."), ...findings];
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
    if (!value) return [];
    const values = value.split(/\s+/);
    return [{ name, values, spellings: values.map(digestIn) }];
  });
}

/** A digest alone: without quotes, mark and padding, in one alphabet, and hex in small letters. */
function digestIn(signature: string): string {
  const bare = signature.replace(/^["']+/, "").replace(/^(sha256=|v1[,=])/i, "");
  const digest = withoutTrailing(bare, `"',;=`).replaceAll("-", "+").replaceAll("_", "/");
  return /^[0-9a-f]{64}$/i.test(digest) ? digest.toLowerCase() : digest;
}

function bodyFindings({ body, sentBody }: SignatureQuestion): Finding[] {
  if (sentBody === null)
    return [info("The event of these headers is not known any more, so bodies cannot be compared.")];
  const difference = describeBody(body, sentBody);
  return [difference === null ? ok("The body is exactly what was sent.") : bad(difference)];
}

function schemeFinding(scheme: Scheme, question: SignatureQuestion): Finding[] {
  const missing = scheme.name === "webhook-signature" ? missingParts(question.headers) : null;
  if (missing) return [bad(missing)];
  for (const { name, secret } of question.secrets) {
    for (const { body, words } of bodiesToTry(question)) {
      const right = signatureOf(scheme, question.headers, body, secret);
      const isExact = scheme.values.includes(right);
      if (!isExact && !scheme.spellings.includes(digestIn(right))) continue;
      const faults = [words, isExact ? null : "in another spelling than it was sent in"];
      const only = faults.filter((each) => each !== null).join(" and ");
      if (only === "") return [ok(`${scheme.name} fits the ${name} secret.`)];
      return [bad(`${scheme.name} fits the ${name} secret, but only ${only}.`)];
    }
  }
  return [
    bad(
      `${scheme.name} ${shapeProblem(scheme) ?? "fits no secret of this webhook: it was made with another one, or changed."}`,
    ),
  ];
}

function bodiesToTry({ body, sentBody }: SignatureQuestion): { body: string; words: string | null }[] {
  const trimmed = withoutTrailing(body, "\r\n");
  const again = printedAgain(body);
  const unquoted = textInJson(body);
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
    ...(unquoted !== null ? [{ body: unquoted, words: "over the text inside of the JSON string" }] : []),
    ...(again !== null ? [{ body: again, words: "over the same JSON without extra whitespace" }] : []),
  ];
}

/** The text that a body holds when a log printed it as a JSON string; null when it did not. */
function textInJson(body: string): string | null {
  const text = jsonIn(body)?.value;
  return typeof text === "string" ? text : null;
}

function signatureOf(scheme: Scheme, headers: Record<string, string>, body: string, secret: string): string {
  if (scheme.name !== "webhook-signature") return `sha256=${hmac(secret, body).toString("hex")}`;
  const content = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  return `v1,${hmac(standardKey(secret), content).toString("base64")}`;
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

/** Standard Webhooks advises receivers to refuse what is older. */
const toleranceSeconds = 5 * 60;

function timeFindings({ headers, nowSeconds }: SignatureQuestion): Finding[] {
  const stamp = headers["webhook-timestamp"];
  if (stamp === undefined) return [];
  if (!/^\d+$/.test(stamp)) return [bad("webhook-timestamp should be unix seconds.")];
  const age = nowSeconds - Number(stamp);
  if (Math.abs(age) <= toleranceSeconds) return [ok(`It was signed ${Math.max(0, age)} s ago.`)];
  if (age < 0) return [bad(`Its timestamp is ${-age} s in the future: was it seconds, not milliseconds?`)];
  return [
    info(
      `It was signed ${age} s ago. Libraries refuse what is older than ${toleranceSeconds} s, so check clocks and queues if this came live.`,
    ),
  ];
}

function computedFindings(question: SignatureQuestion): Finding[] {
  if (question.computed === null) return [];
  const own = digestIn(question.computed.trim());
  for (const { key, content, words } of guesses(question)) {
    const digest = hmac(key, content);
    const encoding = encodings.find((each) => digestIn(digest.toString(each)) === own);
    if (encoding) return [info(`Your code computed HMAC-SHA256 in ${encoding} ${words}. ${expectation}`)];
  }
  return [
    bad(
      `What your code computed fits none of the usual mistakes: check which secret it uses, and whether it sees the raw body. ${expectation}`,
    ),
  ];
}

const encodings = ["hex", "base64"] as const;

/** What people's code computes instead, in the order of how often it happens. */
function guesses({ headers, secrets, sentBody, body }: SignatureQuestion) {
  const sent = sentBody ?? body;
  const contents = [
    { text: sent, words: "the body" },
    {
      text: `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${sent}`,
      words: "id.timestamp.body",
    },
    { text: body, words: "the body as you pasted it, which was not sent like this" },
    { text: `${sent}\n`, words: "the body with a newline at its end" },
    { text: JSON.stringify(sent), words: "the body as a JSON string, printed twice" },
    { text: indented(sent), words: "the JSON with indentation" },
  ];
  const tried = (secret: string) => [
    ...keysOf(secret).flatMap((key) => contents.map((content) => ({ key, content }))),
    ...misreadKeys(secret).flatMap((key) =>
      contents.slice(0, rightContents).map((content) => ({ key, content })),
    ),
  ];
  return secrets.flatMap(({ name, secret }) =>
    tried(secret).map(({ key, content }) => ({
      key: key.bytes,
      content: content.text,
      words: `over ${content.words}, with the ${name} secret ${key.words}`,
    })),
  );
}

/** The first two of the contents are what is really signed: nobody makes every mistake at once. */
const rightContents = 2;

const expectation =
  "X-Signature is hex over the raw body, with the secret's text; webhook-signature is base64 over id.timestamp.body, with the base64 part of a whsec_ secret.";

function keysOf(secret: string): { bytes: string | Buffer; words: string }[] {
  const bare = secret.replace(/^whsec_/, "");
  return [
    { bytes: secret, words: "as text" },
    { bytes: standardKey(secret), words: "decoded from base64" },
    { bytes: bare, words: "as text without whsec_" },
    { bytes: Buffer.from(secret, "base64"), words: "decoded from base64 with its prefix" },
  ];
}

/** The keys that a secret becomes when it is copied, or read from a file, with something around it. */
function misreadKeys(secret: string): { bytes: string | Buffer; words: string }[] {
  const bare = pasteProblem(secret)?.clean ?? secret;
  const forms = [
    { text: bare, words: "without what stands around it" },
    { text: `${secret}\n`, words: "and a line break at its end" },
    { text: `${secret}\r\n`, words: "and a line break at its end" },
    { text: ` ${secret}`, words: "and a blank before it" },
    { text: `${secret} `, words: "and a blank behind it" },
    { text: `"${secret}"`, words: "in quotes" },
    { text: `'${secret}'`, words: "in quotes" },
    { text: `v1,${secret}`, words: "and v1, before it" },
  ];
  return forms.flatMap(({ text, words }) => [
    { bytes: text, words },
    { bytes: standardKey(text), words: `${words}, decoded from base64` },
  ]);
}

function indented(json: string): string {
  const parsed = jsonIn(json);
  return parsed ? JSON.stringify(parsed.value, null, 2) : json;
}

const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

const ok = (text: string): Finding => ({ tone: "ok", text });
const bad = (text: string): Finding => ({ tone: "bad", text });
const info = (text: string): Finding => ({ tone: "info", text });

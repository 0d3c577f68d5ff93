import { createHash, createHmac } from "node:crypto";
import { jsonIn } from "./body-difference";
import { type Claim, digestIn } from "./digest-text";
import { reprints } from "./json-printers";
import { type KeyForm, readKeys, type Scheme, wrongKeys } from "./key-forms";

export type Computing = {
  /** What was sent, or what came in where that is not known; and what was pasted. */
  body: string;
  pasted: string;
  id: string | undefined;
  timestamp: string | undefined;
  secrets: { name: string; secret: string }[];
  /** Of the customer's other webhooks, by their URLs. */
  others: { url: string; secret: string }[];
};

/** What somebody's code signs: its scheme, and what to do if it is not what we sign. */
type Content = { text: string; scheme: Scheme; words: string; fix: string | null };

/** How a right digest is printed, and what code does that prints it otherwise. */
const encodings = ["hex", "base64"] as const;
type Encoding = (typeof encodings)[number];
const rightEncoding: Record<Scheme, Encoding> = { "X-Signature": "hex", "webhook-signature": "base64" };
const printedOtherwise: Record<Scheme, string> = {
  "X-Signature": "X-Signature is printed as hex.",
  "webhook-signature":
    "webhook-signature is printed as base64; X-Signature, which is hex, is made over the body alone.",
};
const marks: Record<Scheme, string> = { "X-Signature": "sha256=", "webhook-signature": "v1," };

/**
 * How the first of these digests was computed that our body and secrets explain: the sentence of what the receiver's code does,
 * and what to do. Null when no usual mistake explains any. Nobody makes every mistake at once: one at a time is tried.
 */
export function explainClaims(claims: Claim[], computing: Computing): string | null {
  const wanted = new Map(claims.map((claim) => [claim.digest, claim]));
  for (const { digest, algorithm, content, key } of computed(computing)) {
    for (const encoding of encodings) {
      const claim = wanted.get(digestIn(digest.toString(encoding)));
      if (claim) return sentence({ claim, encoding, algorithm, content, key });
    }
    const twice = wanted.get(digestIn(Buffer.from(digest.toString("hex")).toString("base64")));
    if (twice) {
      return `Your code computed the base64 of hex text, over ${content.words}, with ${key.words}. Encode the raw bytes of the digest, once.`;
    }
  }
  return null;
}

type Computed = { digest: Buffer; algorithm: string; content: Content; key: KeyForm };

function sentence({
  claim,
  encoding,
  algorithm,
  content,
  key,
}: Omit<Computed, "digest"> & { claim: Claim; encoding: Encoding }) {
  const { scheme } = content;
  const fixes = [
    algorithm === "HMAC-SHA256" ? null : "Take HMAC-SHA256.",
    key.rightFor.includes(scheme) ? null : key.fix,
    content.fix,
    encoding === rightEncoding[scheme] ? null : printedOtherwise[scheme],
  ].filter((fix) => fix !== null);
  if (fixes.length === 0) return rightSentence(claim, scheme, key);
  return `Your code computed ${algorithm} in ${encoding} over ${content.words}, with ${key.words}. ${fixes.join(" ")}`;
}

function rightSentence({ isMarked }: Claim, scheme: Scheme, key: KeyForm): string {
  const mark = marks[scheme];
  const right = `Your code computed the right digest for ${scheme}, with ${key.words}`;
  return isMarked
    ? `${right}: what it compares it with is at fault. Print both values, with their lengths, right before they are compared.`
    : `${right}, but without ${mark}. That is right: put ${mark} in front before you compare it, or take it off ours.`;
}

function* computed(computing: Computing): Generator<Computed> {
  const sha256 = (content: Content, key: KeyForm) => hmac("sha256", "HMAC-SHA256", content, key);
  const right = rightContents(computing);
  const read = computing.secrets.flatMap(({ secret, name }) => readKeys(secret, name));
  for (const content of right) for (const key of read) yield sha256(content, key);
  // A large body is signed some hundred times here: with what is wrong twice over, it would be thousands.
  for (const content of wrongContents(computing)) {
    for (const key of read.filter(({ rightFor }) => rightFor.length > 0)) yield sha256(content, key);
  }
  const odd = [
    ...computing.secrets.flatMap(({ secret, name }) => wrongKeys(secret, name)),
    ...computing.others.flatMap(({ secret, url }) => othersKeys(secret, url)),
  ];
  for (const content of right) {
    for (const key of odd) yield sha256(content, key);
    for (const key of read.filter(({ rightFor }) => rightFor.includes(content.scheme))) {
      for (const [name, words] of otherAlgorithms) yield hmac(name, words, content, key);
      yield* hashes(content, key);
    }
  }
}

const otherAlgorithms = [
  ["sha1", "HMAC-SHA1"],
  ["sha512", "HMAC-SHA512"],
  ["md5", "HMAC-MD5"],
  ["sha384", "HMAC-SHA384"],
] as const;

function hmac(name: string, algorithm: string, content: Content, key: KeyForm): Computed {
  return { digest: createHmac(name, key.bytes).update(content.text).digest(), algorithm, content, key };
}

/** A hash without HMAC, and HMAC with key and text in each other's place. */
function* hashes(content: Content, key: KeyForm): Generator<Computed> {
  const digestOf = (...parts: (string | Buffer)[]) => {
    const hash = createHash("sha256");
    for (const part of parts) hash.update(part);
    return hash.digest();
  };
  const { bytes } = key;
  const made: [Buffer, string][] = [
    [digestOf(content.text), "a plain SHA-256, without a secret,"],
    [digestOf(bytes, content.text), "a plain SHA-256 of the secret and then the text"],
    [digestOf(content.text, bytes), "a plain SHA-256 of the text and then the secret"],
    [
      createHmac("sha256", content.text).update(bytes).digest(),
      "HMAC-SHA256 with key and text in each other's place",
    ],
  ];
  for (const [digest, algorithm] of made) yield { digest, algorithm, content, key };
}

function othersKeys(secret: string, url: string): KeyForm[] {
  const fix = "Take the secret of this webhook, or check which URL this code serves.";
  const [text, decoded] = readKeys(secret, "");
  return [text, secret.startsWith("whsec_") ? decoded : undefined].flatMap((key) =>
    key ? [{ bytes: key.bytes, words: `the secret of another webhook, ${url}`, rightFor: [], fix }] : [],
  );
}

const overBody = "X-Signature is made over the raw body alone.";
const overAll = "webhook-signature is made over id.timestamp.body, joined by dots.";

function rightContents({ body, id, timestamp }: Computing): Content[] {
  return [
    { text: body, scheme: "X-Signature", words: "the body", fix: null },
    {
      text: `${id}.${timestamp}.${body}`,
      scheme: "webhook-signature",
      words: "id.timestamp.body",
      fix: null,
    },
  ];
}

function wrongContents({ body, pasted, id, timestamp }: Computing): Content[] {
  const reprinted = "Verify the raw bytes, before any parser.";
  const bodies = [
    ...dataAlone(body),
    { text: "[object Object]", words: "[object Object]", fix: `It got a parsed object. ${reprinted}` },
    ...["", "{}", "undefined", "null"].map((text) => ({
      text,
      words: text === "" ? "an empty body" : text,
      fix: "The body did not reach this code: something read it before. Keep the raw bytes.",
    })),
    ...[`b'${body}'`, `b"${body}"`].map((text) => ({
      text,
      words: "what Python prints of bytes, b'…'",
      fix: "Join bytes with bytes, or decode the body first.",
    })),
    ...reprints(body).map(({ text, words }) => ({ text, words: `the JSON ${words}`, fix: reprinted })),
    { text: pasted, words: "the body as you pasted it, which was not sent like this", fix: reprinted },
    { text: `${body}\n`, words: "the body with a newline at its end", fix: "Sign the bytes as they came." },
    { text: latin1(body), words: "the body read as Latin-1", fix: "Sign the bytes, or read them as UTF-8." },
  ].filter(({ text }) => text !== body);
  return [
    ...bodies.flatMap(({ text, words, fix }): Content[] => [
      { text, scheme: "X-Signature", words, fix },
      {
        text: `${id}.${timestamp}.${text}`,
        scheme: "webhook-signature",
        words: `id.timestamp. and ${words}`,
        fix,
      },
    ]),
    ...otherJoins({ body, id, timestamp }),
  ];
}

function dataAlone(body: string): { text: string; words: string; fix: string }[] {
  const value = jsonIn(body)?.value;
  if (typeof value !== "object" || value === null || !("data" in value)) return [];
  const fix = "Sign the whole body, not only its data.";
  const at = body.indexOf('"data":');
  const texts = [JSON.stringify(value.data), at < 0 ? "" : body.slice(at + '"data":'.length, -1)];
  return texts.filter(Boolean).map((text) => ({ text, words: "data alone", fix }));
}

/** How other senders join what they sign. */
function otherJoins({ body, id, timestamp }: Pick<Computing, "body" | "id" | "timestamp">): Content[] {
  const scheme = "webhook-signature";
  const joins: [string, string, string][] = [
    [`${timestamp}.${body}`, "timestamp.body, as Stripe does it", overAll],
    [
      `${id}.${timestamp}000.${body}`,
      "id.timestamp.body with milliseconds",
      "Take webhook-timestamp as it came, in seconds.",
    ],
    [`${timestamp}000.${body}`, "timestamp.body with milliseconds", overAll],
    [`${timestamp}${body}`, "timestamp and body without a dot", overAll],
    [`${id}${timestamp}${body}`, "id, timestamp and body without dots", overAll],
    [`${id}.${body}`, "id.body", overAll],
    [`${timestamp}.${id}.${body}`, "timestamp.id.body", overAll],
    [`v0:${timestamp}:${body}`, "v0:timestamp:body, as Slack does it", overAll],
    [
      `undefined.${timestamp}.${body}`,
      "undefined.timestamp.body",
      "Read webhook-id: its name is in small letters.",
    ],
    [
      `undefined.undefined.${body}`,
      "undefined.undefined.body",
      "Read webhook-id and webhook-timestamp: their names are in small letters.",
    ],
    [`None.None.${body}`, "None.None.body", "Read webhook-id and webhook-timestamp."],
    [`..${body}`, "..body, without id and timestamp", "Read webhook-id and webhook-timestamp."],
    [`${id}.${timestamp}`, "id.timestamp without the body", overAll],
    [
      `${id}.${timestamp}.`,
      "id.timestamp. without the body",
      "The body did not reach this code: something read it before.",
    ],
  ];
  return joins.map(([text, words, fix]) => ({ text, scheme, words, fix }));
}

const latin1 = (text: string) => Buffer.from(text).toString("latin1");

/** What is signed how, in a sentence. */
export const schemesInWords = `${overBody} It is hex, with the secret's text. ${overAll} It is base64, with the base64 part of a whsec_ secret.`;

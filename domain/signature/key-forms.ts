import { withoutTrailing } from "../trailing";
import { pasteProblem } from "../webhook/pasted-secret";
import { standardKey } from "../webhook/signature";

/** The signatures that a request carries: over the body alone, and over `id.timestamp.body`. */
export type Scheme = "X-Signature" | "webhook-signature";

/** A key that somebody's code may use. */
export type KeyForm = {
  bytes: string | Buffer;
  /** What it is, behind "with". */
  words: string;
  /** The schemes that it is right for, and what to do instead in the others. */
  rightFor: Scheme[];
  fix: string;
};

const takesText = "X-Signature takes the secret's text as it is, whsec_ included.";
const takesBytes = "webhook-signature takes what stands behind whsec_, decoded from base64.";

/** What a secret becomes in code that reads it as one of the schemes does, or as libraries do. */
export function readKeys(secret: string, name: string): KeyForm[] {
  const isMarked = secret.startsWith("whsec_");
  const text: KeyForm = {
    bytes: secret,
    words: `the ${name} secret as text`,
    rightFor: isMarked ? ["X-Signature"] : ["X-Signature", "webhook-signature"],
    fix: takesBytes,
  };
  const own = (bytes: string | Buffer, words: string, fix: string): KeyForm => ({
    bytes,
    words: `the ${name} secret ${words}`,
    rightFor: [],
    fix,
  });
  const decoded = Buffer.from(secret, "base64");
  if (isMarked) {
    return [
      text,
      { ...own(standardKey(secret), "decoded from base64", takesText), rightFor: ["webhook-signature"] },
      own(secret.slice("whsec_".length), "as text without whsec_", `${takesText} ${takesBytes}`),
      own(decoded, "decoded from base64 with whsec_ before it", takesBytes),
    ];
  }
  return [
    text,
    own(decoded, "decoded from base64", `It is no base64, but a text, for both signatures. ${libraryWay}`),
    ...(/^(?:[0-9a-f]{2})+$/i.test(secret)
      ? [
          own(
            Buffer.from(secret, "hex"),
            "decoded from hex",
            "It is a text for both signatures: don't decode it.",
          ),
        ]
      : []),
    ...(/[^\0-\x7f]/.test(secret)
      ? [own(Buffer.from(secret, "latin1"), "as character codes", "Take the bytes of its UTF-8.")]
      : []),
  ];
}

const libraryWay = 'Give a library "whsec_" and the base64 of its bytes.';

/** What is used in a secret's place when it is missing, cut, or read with something around it. */
export function wrongKeys(secret: string, name: string): KeyForm[] {
  const absent = "The secret does not reach your code: check how it is named and loaded there.";
  const quotes = "Docker's --env-file and Kubernetes keep quotes: take them off.";
  const trim = "echo and editors add one: trim the secret where it is read.";
  const forms: [string, string, string][] = [
    ["", "an empty secret", absent],
    ...["undefined", "null", "None", "nil", "[object Object]"].map((word): [string, string, string] => [
      word,
      `the word ${word} for a secret`,
      absent,
    ]),
    [`${secret}\n`, `the ${name} secret and a line break at its end`, trim],
    [`${secret}\r\n`, `the ${name} secret and a line break at its end`, trim],
    [` ${secret}`, `the ${name} secret and a blank before it`, "Trim it."],
    [`${secret} `, `the ${name} secret and a blank behind it`, "Trim it."],
    [`"${secret}"`, `the ${name} secret in quotes`, quotes],
    [`'${secret}'`, `the ${name} secret in quotes`, quotes],
    [`v1,${secret}`, `the ${name} secret and v1, before it`, "v1, marks signatures: leave it out."],
    [`\ufeff${secret}`, `the ${name} secret and a byte order mark before it`, "Save the file without one."],
    ...cuts(secret, name),
    [secret.toLowerCase(), `the ${name} secret in small letters`, "Its letters have two sizes: keep them."],
    [secret.toUpperCase(), `the ${name} secret in capitals`, "Its letters have two sizes: keep them."],
    [
      Buffer.from(secret).toString("base64"),
      `the base64 of the ${name} secret`,
      "Don't encode it, or decode it first (Kubernetes stores base64).",
    ],
    [encodeURIComponent(secret), `the ${name} secret encoded for URLs`, "Decode it first."],
    [
      secret.replaceAll("+", " "),
      `the ${name} secret decoded as if from a URL`,
      "Don't decode it: a + is a +.",
    ],
  ];
  const distinct = forms.filter(
    ([text], index) => text !== secret && forms.findIndex(([t]) => t === text) === index,
  );
  return distinct.flatMap(([text, words, fix]) => {
    const plain: KeyForm = { bytes: text, words, rightFor: [], fix };
    return [plain, { ...plain, bytes: behindMark(text), words: `${words}, decoded from base64` }];
  });
}

/** Libraries decode whatever they are given: `undefined` and `null` are base64 too. */
function behindMark(text: string): Buffer {
  const at = text.indexOf("whsec_");
  return Buffer.from(at < 0 ? text : text.slice(at + "whsec_".length), "base64");
}

/** Where settings files and shells cut a secret. */
function cuts(secret: string, name: string): [string, string, string][] {
  const clean = pasteProblem(secret)?.clean ?? secret;
  return [
    [
      clean,
      `the ${name} secret without what stands around it`,
      "Ours was stored with that: save it again without.",
    ],
    [
      withoutTrailing(secret, "="),
      `the ${name} secret without = at its end`,
      "Split a line of settings at its first = only.",
    ],
    [
      secret.split("#")[0] ?? "",
      `the ${name} secret up to its #`,
      "A # begins a comment in settings files: put it in quotes there.",
    ],
    [
      secret.split("$")[0] ?? "",
      `the ${name} secret up to its $`,
      "A $ begins a variable there: put it in single quotes.",
    ],
    [secret.slice(0, -1), `the ${name} secret without its last character`, "It was not copied whole."],
    [secret.slice(1), `the ${name} secret without its first character`, "It was not copied whole."],
  ];
}

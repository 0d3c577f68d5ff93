import { createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { signatureHeaders, standardKey } from "../webhook/signature";
import { checkSignature, type SignatureQuestion } from "./check";
import { type Pasted, readPasted } from "./received";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const body = '{"id":"e1","type":"flow_run_failed","data":{"n":1.0,"text":"a/b <c> ü"}}';
const timestampSeconds = 1_795_000_000;

const signed = (signedBody = body, signedWith = secret) =>
  signatureHeaders({
    body: signedBody,
    eventId: "e1",
    timestampSeconds,
    secret: signedWith,
    previousSecret: null,
    leads: "current",
  });

const sentHeaders = {
  "Content-Type": "application/json",
  "User-Agent": "Fanfare/0.1.0",
  "X-Event-Id": "e1",
  "X-Attempt": "1",
  "webhook-id": "e1",
  "webhook-timestamp": String(timestampSeconds),
};

const lines = (headers: Record<string, string>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");

type Case = Partial<Omit<SignatureQuestion, "received">> & Partial<Pasted> & { signedWith?: string };

function question({ headers, body: pastedBody, words, signedWith, ...known }: Case = {}): SignatureQuestion {
  return {
    received: readPasted({
      headers: headers ?? lines({ ...sentHeaders, ...signed(body, signedWith) }),
      body: pastedBody ?? body,
      words: words ?? "",
    }),
    sent: { id: "e1", body, attempts: [{ number: 1, headers: sentHeaders, aheadSeconds: null }] },
    secrets: [{ name: "current", secret }],
    others: [],
    nowSeconds: timestampSeconds + 3,
    ...known,
  };
}

const texts = (asked: Case) => checkSignature(question(asked)).map(({ tone, text }) => `${tone}: ${text}`);
const first = (asked: Case) => texts(asked)[0];
const all = (asked: Case) => texts(asked).join("\n");

test("a request as it was sent fits in both schemes, and what may be left is told, the likeliest first", () => {
  const found = texts({});
  expect(found.slice(0, 4)).toEqual([
    "ok: The body is exactly what was sent.",
    "ok: X-Signature fits the current secret.",
    "ok: webhook-signature fits the current secret.",
    "ok: It was signed 3 s ago.",
  ]);
  expect(found[4]).toMatch(/^ok: What came in is right/);
  expect(found[5]).toMatch(/another secret.*ours has 50, whsec_ included/);
});

test("the length of a short secret is not told, nor is any secret", () => {
  const short = "a7b-9c3-d15";
  const found = all({ signedWith: short, secrets: [{ name: "current", secret: short }] });
  expect(found).toMatch(/compare that with what you gave us/);
  expect(found).not.toContain("11");
  expect(found).not.toContain(short);
});

test("the previous secret is recognised", () => {
  const secrets = [
    { name: "current" as const, secret: "new" },
    { name: "previous" as const, secret },
  ];
  expect(texts({ secrets })).toContain("ok: X-Signature fits the previous secret.");
});

test("both secrets of a rotation are found in the headers that they make", () => {
  const secrets = [
    { name: "current" as const, secret: "new" },
    { name: "previous" as const, secret },
  ];
  const found = (leads: "current" | "previous") =>
    texts({
      headers: lines({
        ...sentHeaders,
        ...signatureHeaders({
          body,
          eventId: "e1",
          timestampSeconds,
          secret: "new",
          previousSecret: secret,
          leads,
        }),
      }),
      secrets,
    });
  expect(found("previous")).toEqual(
    expect.arrayContaining([
      "ok: X-Signature fits the previous secret.",
      "ok: X-Signature-Next fits the current secret.",
    ]),
  );
  expect(found("current")).toEqual(
    expect.arrayContaining([
      "ok: X-Signature fits the current secret.",
      "ok: X-Signature-Previous fits the previous secret.",
    ]),
  );
});

const oneHeader = (name: string, value: string) => lines({ ...sentHeaders, [name]: value });

test.each<[string, Case, RegExp]>([
  ["a newline at the end", { body: `${body}\n` }, /newline at its end/],
  [
    "indented JSON",
    { body: JSON.stringify(JSON.parse(body), null, 2) },
    /values in another order or spelling/,
  ],
  ["added whitespace", { body: body.replaceAll(",", ", ") }, /re-serialised: at character 12 it has " /],
  [
    "other key order",
    { body: '{"type":"flow_run_failed","id":"e1","data":{"text":"a/b <c> ü","n":1}}' },
    /another order/,
  ],
  ["a body that is cut", { body: body.slice(0, 40) }, /cut: 40 of \d+ characters/],
  ["another body", { body: "{}" }, /not what was sent: at character 2/],
  ["the name of an object", { body: "[object Object]" }, /made a string/],
  ["a parsed body", { body: "{'id': 'e1', 'type': 'flow_run_failed'}" }, /pasted as a Python dict/],
  ["another secret", { signedWith: "other secret" }, /X-Signature fits no secret/],
  [
    "the secret of another webhook",
    { signedWith: "other secret", others: [{ url: "https://a.example", secret: "other secret" }] },
    /secret of another webhook: https:\/\/a\.example/,
  ],
  ["no secret at all", { secrets: [] }, /has no signing secret/],
  ["no signature headers", { headers: lines(sentHeaders) }, /We sent x-signature and webhook-signature too/],
  ["no headers of ours", { headers: "HTTP/1.1 200 OK\nDate: now" }, /None of the headers that we send/],
  [
    "a value that is hidden",
    { headers: oneHeader("x-signature", "[FILTERED]") },
    /Your log hides x-signature/,
  ],
  [
    "a missing timestamp",
    { headers: "webhook-signature: v1,x\nwebhook-id: e1" },
    /without webhook-timestamp/,
  ],
  ["a cut signature", { headers: "x-signature: sha256=12" }, /64 hex digits/],
  ["a signature without its prefix", { headers: "x-signature: 12" }, /begin with sha256=/],
  ["an old request", { sent: null, nowSeconds: timestampSeconds + 1000 }, /signed 1000 s ago/],
  ["a clock that is behind", { nowSeconds: timestampSeconds - 1000 }, /1000 s in the future/],
  [
    "milliseconds",
    { headers: lines({ ...sentHeaders, "webhook-timestamp": `${timestampSeconds}123`, ...signed() }) },
    /only with webhook-timestamp as it was sent[\s\S]*in milliseconds here/,
  ],
  [
    "a timestamp that was changed",
    { headers: lines({ ...sentHeaders, "webhook-timestamp": "1795000007", ...signed() }) },
    /only with webhook-timestamp as it was sent, 1795000000/,
  ],
  [
    "headers and body of two events",
    { headers: lines({ ...sentHeaders, "webhook-id": "e0" }), body: body.replace("a/b", "c") },
    /those of event e0, and the body that of e1/,
  ],
])("%s is told apart", (_, asked, words) => {
  expect(all(asked)).toMatch(words);
});

const time = (offsetSeconds: number, zone: string) =>
  new Date((timestampSeconds + offsetSeconds) * 1000).toISOString().replace(/\.\d+Z/, zone);

test.each([
  ["ahead", `${time(1200, "Z")} signature refused`, /1200 s after it was signed: your clock is ahead/],
  [
    "behind",
    `${time(-1200, "+0000")} signature refused`,
    /1200 s before it was signed: your clock is behind/,
  ],
  ["ahead, in local time", time(1000, "").replace("T", " "), /1000 s after/],
])("a log whose clock is %s is told", (_, words, expected) => {
  expect(all({ words })).toMatch(expected);
});

test("a clock that is off is told by the Date of the endpoint's answer, without a log", () => {
  const answered = (aheadSeconds: number) =>
    all({ sent: { id: "e1", body, attempts: [{ number: 1, headers: sentHeaders, aheadSeconds }] } });
  expect(answered(600)).toMatch(/Date of your endpoint's answer was 600 s ahead of our clock/);
  expect(answered(-600)).toMatch(/600 s behind our clock/);
  expect(answered(2)).not.toMatch(/Date of/);
});

test("of an attempt that is known, its age tells nothing", () => {
  expect(all({ nowSeconds: timestampSeconds + 86_400 })).not.toMatch(/signed 86400 s ago/);
});

test.each([
  ["says the same time", time(2, "Z")],
  ["is in local time of another zone", time(2 * 3600 + 5, "")],
  ["has no time", "signature refused"],
])("nothing is said of a clock where the log %s", (_, words) => {
  expect(all({ words })).not.toMatch(/your clock is (ahead|behind)\. Check/);
});

const hmac = (key: string | Buffer, text: string, algorithm = "sha256") =>
  createHmac(algorithm, key).update(text).digest();
const hex = (key: string | Buffer, text = body, algorithm?: string) =>
  hmac(key, text, algorithm).toString("hex");
const base64 = (key: string | Buffer, text: string) => hmac(key, text).toString("base64");
const key = standardKey(secret);
const content = `e1.${timestampSeconds}.${body}`;
const parsed = JSON.parse(body);

/** What a receiver's code computes, and what is to be said. */
const mistakes: [string, string, RegExp][] = [
  [
    "the right digest alone",
    hex(secret),
    /right digest for X-Signature.*without sha256=.*put sha256= in front/,
  ],
  [
    "the right digest of the standard",
    base64(key, content),
    /right digest for webhook-signature.*without v1,/,
  ],
  ["base64 for hex", base64(secret, body), /in base64 over the body.*printed as hex/],
  ["hex for base64", hex(key, content), /in hex over id\.timestamp\.body.*printed as base64/],
  ["the decoded key", hex(key), /decoded from base64\. X-Signature takes the secret's text/],
  ["the key as text", base64(secret, content), /as text\. webhook-signature takes what stands behind whsec_/],
  ["a line break behind the secret", hex(`${secret}\n`), /a line break at its end.*trim/],
  ["a line break that came from Windows", hex(`${secret}\r\n`), /a line break at its end/],
  ["a blank behind the secret", hex(`${secret} `), /a blank behind it/],
  ["quotes around the secret", hex(`"${secret}"`), /in quotes.*--env-file/],
  ["v1, before the secret", hex(`v1,${secret}`), /and v1, before it/],
  ["an empty secret", hex(""), /an empty secret.*does not reach your code/],
  ["the word undefined", hex("undefined"), /the word undefined for a secret/],
  ["the word null", hex("null"), /the word null for a secret/],
  ["the word undefined, decoded", base64(Buffer.from("undefined", "base64"), content), /undefined.*decoded/],
  ["the secret without its =", hex(secret.replace(/=$/, "")), /without = at its end/],
  ["milliseconds", base64(key, `e1.${timestampSeconds}000.${body}`), /with milliseconds.*in seconds/],
  ["Stripe's join", base64(key, `${timestampSeconds}.${body}`), /timestamp\.body, as Stripe does it/],
  ["Stripe's join in hex", hex(secret, `${timestampSeconds}.${body}`), /timestamp\.body, as Stripe does it/],
  ["data alone", hex(secret, JSON.stringify(parsed.data)), /over data alone/],
  ["an object made a string", hex(secret, "[object Object]"), /over \[object Object\].*parsed object/],
  ["an object in the standard", base64(key, `e1.${timestampSeconds}.[object Object]`), /\[object Object\]/],
  ["an empty body", hex(secret, ""), /an empty body.*something read it before/],
  ["SHA-1", hex(secret, body, "sha1"), /HMAC-SHA1 in hex.*Take HMAC-SHA256/],
  ["SHA-512", hex(secret, body, "sha512"), /HMAC-SHA512 in hex.*Take HMAC-SHA256/],
  [
    "no HMAC",
    createHash("sha256").update(secret).update(body).digest("hex"),
    /plain SHA-256 of the secret and then/,
  ],
  ["key and text swapped", hex(body, secret), /in each other's place/],
  ["hex in base64", Buffer.from(hex(secret)).toString("base64"), /base64 of hex text/],
  ["JSON.stringify", hex(secret, JSON.stringify(parsed)), /as JSON\.stringify prints it.*raw bytes/],
  [
    "json.dumps",
    hex(secret, '{"id": "e1", "type": "flow_run_failed", "data": {"n": 1.0, "text": "a/b <c> \\u00fc"}}'),
    /as Python's json\.dumps prints it/,
  ],
  [
    "json_encode",
    hex(secret, '{"id":"e1","type":"flow_run_failed","data":{"n":1.0,"text":"a\\/b <c> \\u00fc"}}'),
    /as PHP's json_encode prints it/,
  ],
  [
    "json.Marshal",
    hex(secret, '{"data":{"n":1,"text":"a/b \\u003cc\\u003e ü"},"id":"e1","type":"flow_run_failed"}'),
    /as Go's json\.Marshal prints a map/,
  ],
  [
    "JsonSerializer",
    hex(secret, '{"id":"e1","type":"flow_run_failed","data":{"n":1.0,"text":"a/b \\u003Cc\\u003E \\u00FC"}}'),
    /as \.NET's JsonSerializer prints it/,
  ],
  ["indentation", hex(secret, JSON.stringify(parsed, null, 2)), /with indentation/],
  ["bytes printed by Python", base64(key, `e1.${timestampSeconds}.b'${body}'`), /b'…'.*Join bytes/],
  ["Latin-1", hex(secret, Buffer.from(body).toString("latin1")), /read as Latin-1/],
  ["ids that are undefined", base64(key, `undefined.undefined.${body}`), /names are in small letters/],
];

test.each(mistakes)("what the receiver computed is recognised, and comes first: %s", (_, computed, words) => {
  expect(first({ words: computed })).toMatch(words);
});

test.each(mistakes)("it is found in the log without being asked for: %s", (_, computed, words) => {
  const given = signed()["X-Signature"];
  const log = `12:00:01 signature mismatch: expected ${computed}, got ${given}`;
  expect(first({ headers: `${lines({ ...sentHeaders, ...signed() })}\n${log}` })).toMatch(words);
});

test("the right value with its mark says that the comparison is at fault", () => {
  const signature = "X-Signature: none";
  expect(first({ headers: signature, words: `sha256=${hex(secret)}` })).toMatch(
    /compares it with is at fault/,
  );
});

test("the secret of another webhook is recognised in what was computed", () => {
  const others = [{ url: "https://a.example/hook", secret: "the other one" }];
  expect(first({ words: hex("the other one"), others })).toMatch(
    /another webhook, https:\/\/a\.example\/hook/,
  );
});

test("a plain secret that a library decoded is recognised", () => {
  const plain = "0123456789abcdef0123456789abcdef";
  const asked = { signedWith: plain, secrets: [{ name: "current" as const, secret: plain }] };
  expect(first({ ...asked, words: base64(Buffer.from(plain, "base64"), content) })).toMatch(
    /decoded from base64\. It is no base64, but a text/,
  );
  expect(first({ ...asked, words: hex(Buffer.from(plain, "hex")) })).toMatch(/decoded from hex/);
  expect(all(asked)).toMatch(
    /2\. A library gets it\. Libraries of Standard Webhooks decode a secret like this/,
  );
});

test("what a library says of a secret that it decodes is told first", () => {
  const plain = "0123456789abcdef0123456789abcdef";
  const words = "WebhookVerificationError: No matching signature found";
  const found = first({ signedWith: plain, secrets: [{ name: "current", secret: plain }], words });
  expect(found).toMatch(
    /A library of Standard Webhooks says this\. .* decode a secret like this from base64/,
  );
  expect(all({ words })).not.toMatch(/A library of Standard Webhooks says this/);
  const both = all({ signedWith: plain, secrets: [{ name: "current", secret: plain }], words });
  expect(both).toMatch(
    /one of these is left[\s\S]*1\. Your code uses another secret[^\n]*\ninfo: 2\. Your code signs/,
  );
});

test("a stored secret that holds a line break is recognised by who left it out", () => {
  const stored = [{ name: "current" as const, secret: `${secret}\n` }];
  const found = first({ signedWith: `${secret}\n`, secrets: stored, words: hex(secret) });
  expect(found).toMatch(/the current secret without what stands around it/);
});

test("what no mistake explains is told as that, and other long words are not taken for it", () => {
  expect(first({ words: "abcdef0123456789".repeat(4) })).toMatch(/none of the usual mistakes/);
  expect(all({ words: `request ${"abcdef0123456789".repeat(4)} refused` })).not.toMatch(/usual mistakes/);
});

test.each([
  ["in quotes", (value: string) => `"${value}"`],
  ["in capitals", (value: string) => value.replace(/[0-9a-f]{64}/, (digits) => digits.toUpperCase())],
  ["without its mark", (value: string) => value.replace("sha256=", "")],
  [
    "in the alphabet of URLs",
    (value: string) => value.replaceAll("+", "-").replaceAll("/", "_").replace(/=$/, ""),
  ],
])("a signature %s is recognised", (_, change) => {
  const made = signed();
  const found = Object.entries(made)
    .filter(([, value]) => change(value) !== value)
    .map(([name, value]) => all({ headers: lines({ ...sentHeaders, ...made, [name]: change(value) }) }));
  expect(found).not.toEqual([]);
  for (const each of found) expect(each).toMatch(/fits the current secret/);
});

test.each([
  ["a newline left out", body, `${body}\n`, /but only with a newline at the end/],
  ["blanks around it", `  ${body} `, body, /fits the current secret/],
  ["other line ends", body.replace(",", ",\r\n"), body.replace(",", ",\n"), /but only with its line ends as/],
  ["a JSON string", JSON.stringify(body), body, /X-Signature fits the current secret\./],
])("a body is recognised when its event is not known: %s", (_, seen, signedBody, words) => {
  const headers = `x-signature: ${signed(signedBody)["X-Signature"]}`;
  expect(all({ headers, body: seen, sent: null })).toMatch(words);
});

test("a whole request in one text is enough", () => {
  const event = { headers: { ...sentHeaders, ...signed() }, body, isBase64Encoded: false };
  expect(texts({ headers: JSON.stringify(event, null, 2), body: "" })).toEqual(
    expect.arrayContaining([
      "ok: The body is exactly what was sent. Your log shows it as a quoted string.",
      "ok: X-Signature fits the current secret.",
    ]),
  );
});

test("without a body, what was sent is taken", () => {
  expect(texts({ body: "" })).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/No body was pasted/),
      "ok: webhook-signature fits the current secret.",
    ]),
  );
});

test("an attempt that was filled in, whose signatures are not kept, is not taken for one that lost them", () => {
  const filled = lines({ ...sentHeaders, "X-Signature": "(as sent)", "webhook-signature": "(as sent)" });
  const found = all({ headers: filled, words: "No matching signature found" });
  expect(found).not.toMatch(/bad:/);
  expect(found).toMatch(/one of these is left/);
});

test.each([
  ["Error: Secret can't be empty.", /The secret is empty or not set/],
  ["Error: Base64Coder: incorrect characters for decoding", /could not decode the secret/],
  ["illegal base64 data at input byte 3", /could not decode the secret/],
  ["Error: Expected payload to be of type string or Buffer.", /given a parsed body/],
  ["TypeError: object supporting the buffer API required", /given a parsed body/],
  ["WebhookVerificationError: Missing required headers", /Object\.fromEntries/],
  ["WebhookVerificationError: Message timestamp too new", /taken for milliseconds/],
  ["WebhookVerificationError: Message timestamp too old", /Date\.now\(\) \/ 1000/],
  [
    "RangeError [ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH]: Input buffers must have the same byte length",
    /different lengths/,
  ],
  ["TypeError: key: expected bytes or bytearray, but got 'NoneType'", /The secret is empty or not set/],
  ["TypeError: Strings must be encoded before hashing", /hmac takes bytes/],
  ["hash_equals(): Argument #2 ($user_string) must be of type string, null given", /found no such header/],
  ["encoding/hex: invalid byte: U+0073 's'", /sha256= still in front/],
  ["CSRF verification failed. Request aborted.", /exempt this path/],
])("the words %s say what is wrong, first", (words, meaning) => {
  expect(first({ words })).toMatch(meaning);
});

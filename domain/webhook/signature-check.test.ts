import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { parseHeaderText } from "./header-text";
import { signatureHeaders } from "./signature";
import { checkSignature, type SignatureQuestion } from "./signature-check";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const body = '{"id":"e1","type":"flow_run_failed","data":{"n":1.0,"text":"a b"}}';
const timestampSeconds = 1_795_000_000;

const received = (change: Partial<SignatureQuestion> = {}, signedWith = secret): SignatureQuestion => ({
  headers: parseHeaderText(
    [
      "webhook-id: e1",
      `webhook-timestamp: ${timestampSeconds}`,
      ...Object.entries(
        signatureHeaders({
          body,
          eventId: "e1",
          timestampSeconds,
          secret: signedWith,
          previousSecret: null,
          leads: "current",
        }),
      ).map(([name, value]) => `${name}: ${value}`),
    ].join("\n"),
  ),
  body,
  sentBody: body,
  secrets: [{ name: "current", secret }],
  computed: null,
  nowSeconds: timestampSeconds + 3,
  ...change,
});

const texts = (question: SignatureQuestion) =>
  checkSignature(question).map(({ tone, text }) => `${tone}: ${text}`);

test("a request as it was sent fits in both schemes", () => {
  expect(texts(received())).toEqual([
    "ok: The body is exactly what was sent.",
    "ok: X-Signature fits the current secret.",
    "ok: webhook-signature fits the current secret.",
    "ok: It was signed 3 s ago.",
  ]);
});

test("the previous secret is recognised", () => {
  const secrets = [
    { name: "current" as const, secret: "new" },
    { name: "previous" as const, secret },
  ];
  expect(texts(received({ secrets }))).toContain("ok: X-Signature fits the previous secret.");
});

test("both secrets of a rotation are found in the headers that they make", () => {
  const [current, previous] = ["new", secret];
  const secrets = [
    { name: "current" as const, secret: current },
    { name: "previous" as const, secret: previous },
  ];
  const own = { body, eventId: "e1", timestampSeconds, secret: current, previousSecret: previous };
  const found = (leads: "current" | "previous") => {
    const made = signatureHeaders({ ...own, leads });
    const headers = Object.entries(made).map(([name, value]) => [name.toLowerCase(), value]);
    return texts(received({ headers: Object.fromEntries(headers), secrets }));
  };
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

test.each<[string, Partial<SignatureQuestion>, string, RegExp]>([
  ["a newline at the end", { body: `${body}\n` }, secret, /newline at its end/],
  [
    "indented JSON",
    { body: JSON.stringify(JSON.parse(body), null, 2) },
    secret,
    /values in another order or spelling/,
  ],
  [
    "added whitespace",
    { body: body.replaceAll(",", ", ") },
    secret,
    /re-serialised: at character 12 it has " /,
  ],
  [
    "other key order",
    { body: '{"type":"flow_run_failed","id":"e1","data":{"text":"a b","n":1}}' },
    secret,
    /another order/,
  ],
  ["an empty body", { body: "" }, secret, /empty/],
  ["another body", { body: "{}" }, secret, /not what was sent: at character 2/],
  ["another secret", {}, "other secret", /X-Signature fits no secret/],
  ["no secret at all", { secrets: [] }, secret, /has no signing secret/],
  [
    "no signature headers",
    { headers: { "webhook-id": "e1" } },
    secret,
    /no X-Signature and no webhook-signature/,
  ],
  [
    "a missing timestamp",
    { headers: { "webhook-signature": "v1,x", "webhook-id": "e1" } },
    secret,
    /without webhook-timestamp/,
  ],
  ["a cut signature", { headers: { "x-signature": "sha256=12" } }, secret, /64 hex digits/],
  ["a signature without its prefix", { headers: { "x-signature": "12" } }, secret, /begin with sha256=/],
  ["an old request", { nowSeconds: timestampSeconds + 1000 }, secret, /signed 1000 s ago/],
  ["a clock that is behind", { nowSeconds: timestampSeconds - 1000 }, secret, /1000 s in the future/],
])("%s is told apart", (_, change, signedWith, words) => {
  expect(texts(received(change, signedWith)).join("\n")).toMatch(words);
});

test("a signature that fits another spelling of the body says so", () => {
  const question = received({ body: `${body}\n`, sentBody: null });
  expect(texts(question).join("\n")).toMatch(
    /X-Signature fits the current secret, but only without the newline/,
  );
});

test.each<[string, string, RegExp]>([
  [
    "base64 in place of hex",
    createHmac("sha256", secret).update(body).digest("base64"),
    /in base64 over the body, .* as text\./,
  ],
  [
    "the decoded key",
    createHmac("sha256", Buffer.alloc(32, 7)).update(body).digest("hex"),
    /in hex over the body, .* decoded from base64\./,
  ],
  [
    "re-serialised JSON",
    createHmac("sha256", secret)
      .update(JSON.stringify(JSON.parse(body), null, 2))
      .digest("hex"),
    /with indentation/,
  ],
  ["something else", "abc", /none of the usual mistakes/],
])("what the receiver computed is recognised: %s", (_, computed, words) => {
  expect(texts(received({ computed })).join("\n")).toMatch(words);
});

test.each([
  ['{"X-Signature": "sha256=1", "webhook-id": ["e1"]}'],
  ["X-Signature: sha256=1\nwebhook-id: e1\nnonsense"],
  ["< x-signature: sha256=1\r\n< Webhook-Id: e1\r"],
  [`"x-signature": "sha256=1",\n'webhook-id': 'e1',`],
])("headers are read out of %j", (text) => {
  expect(parseHeaderText(text)).toMatchObject({ "x-signature": "sha256=1", "webhook-id": "e1" });
});

test("headers in JSON whose values are no text are empty, however deep they lie", () => {
  const deep = "[".repeat(16_000) + "]".repeat(16_000);
  expect(parseHeaderText(`{"x-signature":${deep},"webhook-id":"e1"}`)).toEqual({
    "x-signature": "",
    "webhook-id": "e1",
  });
});

const hexOf = (key: string, text = body) => createHmac("sha256", key).update(text).digest("hex");

test.each([
  ["a line break at the secret's end", hexOf(`${secret}\n`), /secret and a line break at its end/],
  ["a blank behind it", hexOf(`${secret} `), /secret and a blank behind it/],
  ["the secret in quotes", hexOf(`"${secret}"`), /secret in quotes/],
  ["v1, before it", `sha256=${hexOf(`v1,${secret}`)}`, /secret and v1, before it/],
  [
    "the right digest in quotes",
    `"${hexOf(secret).toUpperCase()}"`,
    /in hex over the body, with the current secret as text/,
  ],
])("a secret that was read with something around it is recognised: %s", (_, computed, words) => {
  expect(texts(received({ computed })).join("\n")).toMatch(words);
});

test("a stored secret that holds a line break is recognised by who left it out", () => {
  const stored = [{ name: "current" as const, secret: `${secret}\n` }];
  const question = received({ secrets: stored, computed: hexOf(secret) }, `${secret}\n`);
  expect(texts(question).join("\n")).toMatch(/with the current secret without what stands around it/);
});

test.each([
  ["in quotes", (value: string) => `"${value}"`],
  ["in capitals", (value: string) => value.replace(/[0-9a-f]{64}/, (hex) => hex.toUpperCase())],
  ["without its mark", (value: string) => value.replace("sha256=", "")],
  [
    "in the alphabet of URLs",
    (value: string) => value.replaceAll("+", "-").replaceAll("/", "_").replace(/=$/, ""),
  ],
])("a signature %s is recognised", (_, change) => {
  const { headers } = received();
  const changed = Object.entries(headers)
    .filter(([name, value]) => name.endsWith("signature") && change(value) !== value)
    .map(([name, value]) => texts(received({ headers: { ...headers, [name]: change(value) } })).join("\n"));
  expect(changed).not.toEqual([]);
  for (const found of changed) expect(found).toMatch(/fits the current secret, but only in another spelling/);
});

test.each([
  ["a newline left out", body, `${body}\n`, /but only with a newline at the end/],
  ["blanks around it", `  ${body} `, body, /but only without the blanks around/],
  ["other line ends", body.replace(",", ",\r\n"), body.replace(",", ",\n"), /but only with its line ends as/],
  ["a JSON string", JSON.stringify(body), body, /but only over the text inside of the JSON string/],
])("a body is recognised when its event is not known: %s", (_, seen, signed, words) => {
  const own = signatureHeaders({
    body: signed,
    eventId: "e1",
    timestampSeconds,
    secret,
    previousSecret: null,
    leads: "current",
  });
  const headers = { "x-signature": own["X-Signature"] ?? "" };
  expect(texts(received({ headers, body: seen, sentBody: null })).join("\n")).toMatch(words);
});

import { Webhook as StandardWebhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { signatureHeaders } from "@/domain/webhook/signature";
import { verifyWebhook, type WebhookRequest } from "./verify-webhook";

const body =
  '{"id":"e1","type":"search_completed","created_at":"2026-03-15T16:20:44.096Z","data":{"search_id":"s1","note":"Zoë & é","n":1.0}}';
const secret = `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`;
const other = `whsec_${Buffer.from("fedcba9876543210fedcba9876543210").toString("base64")}`;

/** What the product sends, with what a case changes. */
function sent(
  options: {
    secret?: string | null;
    previous?: string | null;
    leads?: "current" | "previous";
    ageSeconds?: number;
  } = {},
): Record<string, string> {
  const { secret: signing = secret, previous = null, leads = "current", ageSeconds = 0 } = options;
  const timestampSeconds = Math.floor(Date.now() / 1_000) - ageSeconds;
  const signed = { body, eventId: "e1", timestampSeconds, secret: signing, previousSecret: previous, leads };
  return { "webhook-id": "e1", "webhook-timestamp": String(timestampSeconds), ...signatureHeaders(signed) };
}

const without = (headers: Record<string, string>, ...names: string[]) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));

const verify = (request: Partial<WebhookRequest>) =>
  verifyWebhook({ headers: sent(), body, secrets: secret, ...request });

const codeOf = (request: Partial<WebhookRequest>) =>
  verify(request).then(
    () => "verified",
    (error) => error.code ?? error,
  );

describe("a genuine request", () => {
  test("is its event, told apart by its type", async () => {
    const event = await verify({});
    expect(event).toEqual(JSON.parse(body));
    expect(event.type === "search_completed" && event.data.search_id).toBe("s1");
  });

  test("is taken as text and as bytes, with every kind of headers", async () => {
    const bytes = new TextEncoder().encode(body);
    const headers = sent();
    const capitals = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
    );
    for (const request of [
      { body: bytes },
      { body: Buffer.from(body) },
      { body: bytes.buffer },
      { headers: new Headers(headers) },
      { headers: capitals },
      { headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])) },
    ])
      expect(await codeOf(request)).toBe("verified");
  });

  test("is signed with a secret of any form", async () => {
    const plain = "Zoë's own secret";
    expect(await codeOf({ headers: sent({ secret: plain }), secrets: plain })).toBe("verified");
  });

  test("verifies by the new and by the old secret during a rotation, whichever leads", async () => {
    for (const leads of ["current", "previous"] as const) {
      const headers = sent({ previous: other, leads });
      for (const secrets of [secret, other, [other, secret]])
        expect(await codeOf({ headers, secrets })).toBe("verified");
    }
  });

  test("of Standard Webhooks' own library verifies too", async () => {
    const now = new Date();
    const signature = new StandardWebhook(secret).sign("e1", now, body);
    const headers = {
      "webhook-id": "e1",
      "webhook-timestamp": String(Math.floor(now.getTime() / 1_000)),
      "webhook-signature": `v1a,b3RoZXI= ${signature}`,
    };
    expect(await codeOf({ headers })).toBe("verified");
  });

  test("without its time is enough for who takes any age, by X-Signature", async () => {
    const headers = without(sent({ previous: other, leads: "previous" }), "webhook-signature");
    expect(await codeOf({ headers, toleranceSeconds: null })).toBe("verified");
    expect(await codeOf({ headers: sent({ ageSeconds: 9_999 }), toleranceSeconds: null })).toBe("verified");
    expect(await codeOf({ headers: { ...sent(), "webhook-id": "e2" }, toleranceSeconds: null })).toBe(
      "verified",
    );
    expect(await codeOf({ headers, toleranceSeconds: null, secrets: "wrong" })).toBe("wrong_secret");
  });
});

describe("a mistake has its name", () => {
  test("of headers", async () => {
    const headers = sent();
    expect(await codeOf({ headers: {} })).toBe("missing_header");
    expect(await codeOf({ headers: sent({ secret: null }) })).toBe("missing_header");
    expect(await codeOf({ headers: without(headers, "webhook-signature") })).toBe("missing_header");
    expect(await codeOf({ headers: without(headers, "webhook-id") })).toBe("missing_header");
    expect(await codeOf({ headers: without(headers, "webhook-timestamp") })).toBe("missing_header");
    expect(await codeOf({ headers: { ...headers, "webhook-timestamp": "now" } })).toBe("malformed_header");
    expect(await codeOf({ headers: { ...headers, "webhook-signature": "sha256=00" } })).toBe(
      "malformed_header",
    );
    expect(await codeOf({ headers: { ...headers, "webhook-signature": "v1,%%%" } })).toBe("malformed_header");
    expect(await codeOf({ headers: { ...headers, "X-Signature": "00" } })).toBe("malformed_header");
    expect(await codeOf({ headers: { ...headers, "webhook-id": "e2" } })).toBe("altered_header");
  });

  test("of signatures without end, of which the first few are looked at", async () => {
    const headers = sent();
    const many = `${`v1,${"A".repeat(43)}= `.repeat(8)}${headers["webhook-signature"]}`;
    expect(await codeOf({ headers: without({ ...headers, "webhook-signature": many }, "X-Signature") })).toBe(
      "wrong_secret",
    );
  });

  test("of the time, which a new timestamp does not hide", async () => {
    const old = sent({ ageSeconds: 301 });
    expect(await codeOf({ headers: old })).toBe("stale_timestamp");
    expect(await codeOf({ headers: old, toleranceSeconds: 600 })).toBe("verified");
    expect(await codeOf({ headers: sent({ ageSeconds: -400 }) })).toBe("future_timestamp");
    const now = String(Math.floor(Date.now() / 1_000));
    expect(await codeOf({ headers: { ...old, "webhook-timestamp": now } })).toBe("altered_header");
  });

  test("of secrets", async () => {
    expect(await codeOf({ secrets: other })).toBe("wrong_secret");
    expect(await codeOf({ secrets: [other, "x"] })).toBe("wrong_secret");
    expect(await codeOf({ secrets: "" })).toBe("missing_secret");
    expect(await codeOf({ secrets: [] })).toBe("missing_secret");
    expect(await codeOf({ secrets: [undefined as unknown as string] })).toBe("missing_secret");
    expect(await codeOf({ secrets: `${secret} ` })).toBe("malformed_secret");
    expect(await codeOf({ secrets: secret.slice(0, -3) })).toBe("malformed_secret");
  });

  test("of the body", async () => {
    const { id, type, created_at, data } = JSON.parse(body);
    expect(await codeOf({ body: "" })).toBe("empty_body");
    expect(await codeOf({ body: undefined as unknown as string })).toBe("empty_body");
    expect(await codeOf({ body: JSON.parse(body) })).toBe("body_reserialised");
    expect(await codeOf({ body: JSON.stringify(JSON.parse(body), null, 2) })).toBe("body_reserialised");
    expect(await codeOf({ body: JSON.stringify({ created_at, data, id, type }) })).toBe("body_reserialised");
    expect(await codeOf({ body: `${body}\n` })).toBe("body_reserialised");
    expect(await codeOf({ body: body.replace("s1", "s2") })).toBe("wrong_secret");
  });
});

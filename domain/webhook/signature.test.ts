import { createHmac } from "node:crypto";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { describe, expect, test } from "vitest";
import type { SecretName } from "./rotation";
import { agentSignature, bodySignature, signatureHeaders } from "./signature";

const body = '{"id":"e1","data":{"name":"Zoë"}}';
const timestampSeconds = Math.floor(Date.now() / 1000);
const secret = `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`;
const previousSecret = `whsec_${Buffer.from("fedcba9876543210fedcba9876543210").toString("base64")}`;
const sign = (secrets: { secret: string | null; previousSecret?: string | null; leads?: SecretName }) =>
  signatureHeaders({
    body,
    eventId: "e1",
    timestampSeconds,
    previousSecret: null,
    leads: "current",
    ...secrets,
  });
const received = (headers: Record<string, string>): Record<string, string> => ({
  ...headers,
  "webhook-id": "e1",
  "webhook-timestamp": String(timestampSeconds),
});

test("X-Signature is the hex HMAC of the body with the secret as it was written", () => {
  const expected = createHmac("sha256", "my secret").update(body).digest("hex");
  expect(sign({ secret: "my secret" })["X-Signature"]).toBe(`sha256=${expected}`);
});

test("the published libraries verify a whsec_ secret", () => {
  const headers = received(sign({ secret }));
  expect(new StandardWebhook(secret).verify(body, headers)).toMatchObject({ id: "e1" });
  expect(new SvixWebhook(secret).verify(body, headers)).toMatchObject({ id: "e1" });
});

test("the published library verifies any other secret by its raw bytes", () => {
  const headers = received(sign({ secret: "my secret" }));
  expect(new StandardWebhook("my secret", { format: "raw" }).verify(body, headers)).toMatchObject({
    id: "e1",
  });
});

test("during a rotation each secret verifies, and a third one does not", () => {
  const other = `whsec_${Buffer.from("another key of 32 bytes, for sure").toString("base64")}`;
  for (const leads of ["current", "previous"] as const) {
    const headers = received(sign({ secret, previousSecret, leads }));
    for (const each of [secret, previousSecret]) {
      expect(new StandardWebhook(each).verify(body, headers)).toMatchObject({ id: "e1" });
    }
    expect(() => new StandardWebhook(other).verify(body, headers)).toThrow();
  }
});

test.each([
  ["previous", { "X-Signature": previousSecret, "X-Signature-Next": secret }],
  ["current", { "X-Signature": secret, "X-Signature-Previous": previousSecret }],
] as const)(
  "while the %s secret leads, the other one's header says on which side of it it is",
  (leads, made) => {
    const { "webhook-signature": standard, ...headers } = sign({ secret, previousSecret, leads });
    const expected = Object.entries(made).map(([name, key]) => [name, bodySignature(body, key)]);
    expect(headers).toEqual(Object.fromEntries(expected));
    const [first] = Object.values(made).map((key) => sign({ secret: key })["webhook-signature"]);
    expect(standard?.split(" ")[0]).toBe(first);
  },
);

test("without a secret there is no signature", () => {
  expect(sign({ secret: null })).toEqual({});
});

describe("of an agent's secrets", () => {
  const secretOf = (bytes: number) =>
    `whsec_${Buffer.from(Array.from({ length: bytes }, (_, index) => (index * 37 + bytes) % 256)).toString("base64")}`;
  const signed = (secret: string, previousSecret: string | null) =>
    agentSignature({ body, eventId: "e1", timestampSeconds, secret, previousSecret });

  test.each([24, 25, 26, 32, 64])("one of %i bytes signs as the published library does", (bytes) => {
    const library = new StandardWebhook(secretOf(bytes));
    expect(signed(secretOf(bytes), null)).toEqual({
      "webhook-signature": library.sign("e1", new Date(timestampSeconds * 1_000), body),
    });
  });

  test("both of a refresh verify, and the new one comes first", () => {
    const [before, now] = [secretOf(24), secretOf(64)];
    const headers = signed(now, before);
    for (const each of [before, now]) {
      expect(new StandardWebhook(each).verify(body, received(headers))).toMatchObject({ id: "e1" });
    }
    expect(headers["webhook-signature"]?.split(" ")[0]).toBe(signed(now, null)["webhook-signature"]);
  });
});

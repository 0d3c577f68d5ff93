import { generateKeyPairSync } from "node:crypto";
import { generate } from "selfsigned";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { createSelfSigned, expired, openAuthority } from "@/testing/certificates";
import { type Api, openApi, rest } from "../api.fixture";

const authority = openAuthority(inject("authority"));
const { cert, key: privateKey } = await authority.issue({ names: ["northwind"], purpose: "client" });
const good = { certificate: `${cert}\n${authority.ca}`, private_key: privateKey };

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const cipher = { cipher: "aes-256-cbc", passphrase: "secret" } as const;
const [encrypted, legacy, another] = [
  rsa.export({ type: "pkcs8", format: "pem", ...cipher }),
  rsa.export({ type: "pkcs1", format: "pem", ...cipher }),
  rsa.export({ type: "pkcs8", format: "pem" }),
].map(String);
const old = await authority.issue({ ...expired(), purpose: "client" });
const server = await authority.issue();
const alone = await createSelfSigned({ names: ["alone"], purpose: "client" });
const noName = await generate([], { keyType: "ec", algorithm: "sha256" });
const nameless = { certificate: noName.cert, private_key: noName.private };
const pair = ({ cert: certificate, key: private_key }: { cert: string; key: string }) => ({
  certificate,
  private_key,
});

let api: Api;
let key: string;
beforeEach(async () => {
  api = await openApi();
  key = (await api.newCustomer()).key;
});
afterEach(() => api.close());

type Shown = { id: string; client_certificate: { subject: string } | null };
const create = (client_certificate: unknown) =>
  rest<Shown>("POST", "/webhooks", {
    key,
    json: { webhook_url: "https://a.example/in", client_certificate },
  });
const change = (id: string, json: unknown) => rest<Shown>("PATCH", `/webhooks/${id}`, { key, json });

describe("a client certificate", () => {
  test("is shown by what it says, and its key by nothing", async () => {
    const { status, body } = await create(good);
    expect(status).toBe(201);
    expect(body.client_certificate).toEqual({
      subject: "CN=northwind",
      issuer: "CN=Fanfare Test CA",
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      expires_at: expect.stringMatching(/Z$/),
    });
    const audited = await rest("GET", "/audit", { key });
    const all = JSON.stringify([body, audited.body]);
    expect(all).toContain("CN=northwind (SHA-256 ");
    expect(all).not.toContain("PRIVATE KEY");
    expect(JSON.stringify(await api.store.listSealedKeys())).not.toContain("PRIVATE KEY");
  });

  test("may have no name of its own", async () => {
    const { status, body } = await create(nameless);
    expect([status, body.client_certificate?.subject]).toEqual([201, ""]);
  });

  test("stays when a change does not name it, is replaced, and removed by null", async () => {
    const { body } = await create(good);
    const kept = await change(body.id, { description: "CRM" });
    expect(kept.body.client_certificate).toEqual(body.client_certificate);
    const other = await authority.issue({ names: ["southwind"], purpose: "client" });
    const renewed = await change(body.id, {
      client_certificate: { certificate: other.cert, private_key: other.key },
    });
    expect(renewed.body.client_certificate?.subject).toBe("CN=southwind");
    expect((await change(body.id, { client_certificate: null })).body.client_certificate).toBeNull();
  });

  test.each([
    ["what is no PEM", { ...good, certificate: "MIIB" }, "certificate", "no certificate in PEM"],
    ["a key in its place", { ...good, certificate: privateKey }, "certificate", "holds a private key"],
    ["a part of one", { ...good, certificate: cert.replace(/.{60}\n/, "") }, "certificate", "cut off"],
    ["what is no key", { ...good, private_key: cert }, "private_key", "no private key in PEM"],
    ["an encrypted key", { ...good, private_key: encrypted }, "private_key", "openssl pkey"],
    ["a key of the old format, encrypted", { ...good, private_key: legacy }, "private_key", "openssl pkey"],
    ["two keys", { ...good, private_key: privateKey + privateKey }, "private_key", "several"],
    ["another key", { ...good, private_key: another }, "private_key", "not that of the certificate"],
    ["the issuer first", { ...good, certificate: authority.ca + cert }, "certificate", "that of the 2nd"],
    [
      "a stranger behind",
      { ...good, certificate: cert + alone.cert },
      "certificate",
      "did not issue the 1st",
    ],
    ["one that has expired", pair(old), "certificate", "expired on"],
    ["one for servers alone", pair(server), "certificate", "clientAuth"],
    ["ten of them", { ...good, certificate: authority.ca.repeat(10) }, "certificate", "at most 8"],
    ["too much", { ...good, certificate: cert + " ".repeat(17_000) }, "certificate", "16384"],
  ])("is refused when it is %s, with what to do", async (_, given, field, words) => {
    const { status, body } = await rest<{ errors: unknown }>("POST", "/webhooks", {
      key,
      json: { webhook_url: "https://a.example/in", client_certificate: given },
    });
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      expect.objectContaining({
        path: ["client_certificate", field],
        message: expect.stringContaining(words),
      }),
    ]);
  });

  test("that is its own issuer may well be what an endpoint knows", async () => {
    expect((await create(pair(alone))).status).toBe(201);
  });
});

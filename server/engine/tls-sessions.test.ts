import type { PeerCertificate } from "node:tls";
import { beforeEach, expect, test } from "vitest";
import { proofOf, TlsSessions } from "./tls-sessions";

const minuteMs = 60_000;
const session = Buffer.from("a session");

let now: number;
let sessions: TlsSessions;
beforeEach(() => {
  now = Date.UTC(2026, 0, 1);
  sessions = new TlsSessions(() => now);
});

const endingIn = (ms: number, issuer?: Partial<PeerCertificate>) =>
  ({ valid_to: new Date(now + ms).toUTCString(), issuerCertificate: issuer }) as unknown as PeerCertificate;
const year = () => proofOf(endingIn(365 * 24 * 60 * minuteMs), now);

test("is known to its pool at its origin, and to no other", () => {
  sessions.of("w1", "https://a.example").keep(session, year());
  expect(sessions.of("w1", "https://a.example").known()?.session).toBe(session);
  expect(sessions.of("w2", "https://a.example").known()).toBeNull();
  expect(sessions.of("w1", "https://b.example").known()).toBeNull();
  expect(sessions.of("w1", "https://a.example:8443").known()).toBeNull();
});

test("ends ten minutes after the handshake that proved the certificate, however often it is renewed", () => {
  const here = sessions.of("w1", "https://a.example");
  const proof = year();
  here.keep(session, proof);
  now += 10 * minuteMs - 1;
  here.keep(Buffer.from("a newer one"), proof);
  expect(here.known()?.session.toString()).toBe("a newer one");
  now += 1;
  expect(here.known()).toBeNull();
});

test.each([
  ["the certificate", () => endingIn(5_000)],
  ["the one above it", () => endingIn(minuteMs, endingIn(5_000))],
  ["the last one, which is its own issuer", () => endingIn(minuteMs, ownIssuer(endingIn(5_000)))],
])("ends with %s", (_name, chain) => {
  const here = sessions.of("w1", "https://a.example");
  here.keep(session, proofOf(chain(), now));
  now += 4_999;
  expect(here.known()?.session).toBe(session);
  now += 1;
  expect(here.known()).toBeNull();
});

test.each([
  ["there was no certificate", undefined],
  ["it has no date", { valid_to: "some day" } as PeerCertificate],
])("is never known when %s", (_name, certificate) => {
  const here = sessions.of("w1", "https://a.example");
  here.keep(session, proofOf(certificate, now));
  expect(here.known()).toBeNull();
});

test("is not kept when it is too long", () => {
  const here = sessions.of("w1", "https://a.example");
  here.keep(Buffer.alloc(16 * 1024 + 1), year());
  expect(here.known()).toBeNull();
});

test("is not kept for ten minutes after it was distrusted", () => {
  const here = sessions.of("w1", "https://a.example");
  here.keep(session, year());
  here.distrust();
  here.keep(session, year());
  expect(here.known()).toBeNull();
  now += 10 * minuteMs;
  here.keep(session, year());
  expect(here.known()?.session).toBe(session);
});

test("512 are kept, the newest ones", () => {
  const at = (index: number) => sessions.of(`w${index}`, "https://a.example");
  for (let index = 0; index < 600; index += 1) at(index).keep(session, year());
  const known = Array.from({ length: 600 }, (_, index) => at(index).known() !== null);
  expect(known).toEqual(known.map((_, index) => index >= 600 - 512));
});

function ownIssuer(certificate: PeerCertificate): PeerCertificate {
  return Object.assign(certificate, { issuerCertificate: certificate });
}

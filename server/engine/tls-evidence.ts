import type { DetailedPeerCertificate, PeerCertificate } from "node:tls";
import type { CertificateFacts, PeerFacts } from "@/domain/delivery/outcome";
import { codeOf } from "./dial-failure";
import type { Hello, Look } from "./second-look";
import { isLossCode, isoOrNull, isTlsCode } from "./tls-failure";

/** Of a chain and of a certificate's names, what is remembered: some list a hundred. */
const maxLinks = 6;
const maxNames = 20;
const maxCharacters = 200;

/** A handshake that failed: with what certificate of the endpoint, and whether no byte had come. */
type Failed = { error: Error; certificate: PeerCertificate | undefined; isSilent: boolean; at: number };

/** What is worth knowing of it. What seems to speak no TLS is looked at once more, or twice. */
export async function handshakeFacts(
  { error, certificate, isSilent, at }: Failed,
  lookAgain: (hello: Hello) => Promise<Look>,
): Promise<PeerFacts> {
  const code = codeOf(error);
  const facts: PeerFacts = isLossCode(code) ? { ended: endOf(error) } : errorFacts(error);
  if (certificate) return { ...facts, chain: chainFacts(certificate, at) };
  if (isSilent) return { ...facts, isSilent, ...(await silenceFacts(lookAgain)) };
  if (facts.alert !== undefined || !(isLossCode(code) || isTlsCode(code))) return facts;
  const { bytes } = await lookAgain("tls");
  return bytes === "" ? facts : { ...facts, firstBytes: bytes };
}

/** It closed without a word: whether it greets, waits for something else before TLS, or closes whatever comes. */
async function silenceFacts(lookAgain: (hello: Hello) => Promise<Look>): Promise<PeerFacts> {
  const unasked = await lookAgain("nothing");
  if (unasked.bytes !== "") return { firstBytes: unasked.bytes };
  if (unasked.isClosed !== false) return unasked.isClosed ? { unasked: "closed" } : {};
  const proxied = await lookAgain("proxy");
  return { unasked: "open", ...(proxied.isClosed !== null && { toProxyLine: proxied.bytes }) };
}

/** Node makes errors of its own for what was closed; one that comes from the system was reset. */
export const endOf = (error: Error | null): "closed" | "reset" =>
  error && "syscall" in error ? "reset" : "closed";

/** What an error of TLS says by itself: the number of the endpoint's alert, and the library's own words. */
export function errorFacts(error: Error & { reason?: unknown }): PeerFacts {
  const alert = /SSL alert number (\d{1,3})/.exec(error.message)?.[1];
  const reason = typeof error.reason === "string" ? error.reason : error.message;
  return {
    ...(alert !== undefined && { alert: Number(alert) }),
    reason: reason.trim().slice(0, maxCharacters),
  };
}

/** The endpoint's certificate and what leads from it to a root, as it was `at` that moment, in epoch milliseconds. */
export function chainFacts(certificate: PeerCertificate | undefined, at: number): CertificateFacts[] {
  const chain: CertificateFacts[] = [];
  let next = certificate as Partial<DetailedPeerCertificate> | undefined;
  // The last of a chain is its own issuer.
  for (const seen = new Set(); next?.subject && !seen.has(next); next = next.issuerCertificate) {
    if (chain.length === maxLinks) break;
    seen.add(next);
    chain.push(certificateFacts(next, at));
  }
  const [own] = chain;
  if (own && certificate) own.names = namesOf(certificate);
  return chain;
}

function certificateFacts(certificate: Partial<PeerCertificate>, at: number): CertificateFacts {
  const { subject, issuer, valid_from, valid_to, infoAccess, ext_key_usage: purposes, ca } = certificate;
  const isOutOfDate =
    Date.parse(valid_to ?? "") < at
      ? "expired"
      : Date.parse(valid_from ?? "") > at
        ? "not_yet_valid"
        : undefined;
  return {
    subject: nameText(subject),
    issuer: nameText(issuer),
    validFrom: isoOrNull(valid_from),
    validTo: isoOrNull(valid_to),
    ...(isOutOfDate && { isOutOfDate }),
    ...(infoAccess?.["CA Issuers - URI"] && { hasIssuerUrl: true as const }),
    ...(purposes && !purposes.some((each) => serverPurposes.has(each)) && { notForServers: true as const }),
    ...(ca && { isAuthority: true as const }),
  };
}

/** RFC 5280 §4.2.1.12: serverAuth and anyExtendedKeyUsage. */
const serverPurposes = new Set(["1.3.6.1.5.5.7.3.1", "2.5.29.37.0"]);

/** A distinguished name as people write it: `O=Example Ltd, CN=Example CA`. */
function nameText(name: object | undefined): string {
  const parts = Object.entries(name ?? {}).map(([key, value]) => `${key}=${[value].flat().join("+")}`);
  return parts.join(", ").slice(0, maxCharacters);
}

/** Node writes `DNS:a.example, IP Address:192.0.2.1`. */
const namesOf = ({ subjectaltname }: PeerCertificate): string[] =>
  (subjectaltname ?? "")
    .split(", ")
    .filter((name) => name !== "")
    .slice(0, maxNames)
    .map((name) => name.replace("IP Address:", "IP:").slice(0, maxCharacters));

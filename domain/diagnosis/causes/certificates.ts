import type { Cause } from "../cause";
import {
  commonName,
  isOwnIssuer,
  isPubliclyIssued,
  knownPrivateOf,
  lastOf,
  namesInWords,
  namesOf,
  onDay,
  ownOf,
  staleIssuerOf,
} from "../chain";
import { isAddress, type Look } from "../look";

/** The endpoint's certificate was seen, and is not one that can be trusted for this host. */
export const certificates: Cause[] = [
  {
    code: "intermediate_expired",
    fits: (look) => look.isDetail("certificate_expired") && isIssuersFault(look) && "certain",
    meaning: (look) =>
      `A certificate that the endpoint's is issued with, ${issuerInWords(look)}, expired${onDay(staleIssuerOf(look)?.validTo)}; its own is still valid.`,
    nextStep:
      "Send the current chain of your authority: renew, or fetch its current intermediate (fullchain.pem), and reload.",
    seen: ["nginx 1.22.1: CERT_HAS_EXPIRED, the dates of the leaf are fine"],
  },
  {
    code: "certificate_expired",
    fits: (look) => look.isDetail("certificate_expired") && "certain",
    meaning: (look) =>
      `The endpoint's certificate has expired${onDay(ownOf(look)?.validTo)}${otherFaults(look)}.`,
    nextStep: (look) =>
      isSelfSigned(look)
        ? "Replace it by one of a public authority, such as Let's Encrypt, and have that renewed by itself."
        : "Renew the certificate, reload the server, and check that its automatic renewal works.",
    seen: ["nginx 1.22.1: CERT_HAS_EXPIRED"],
  },
  {
    code: "intermediate_not_yet_valid",
    fits: (look) => look.isDetail("certificate_not_yet_valid") && isIssuersFault(look) && "certain",
    meaning: (look) =>
      `A certificate that the endpoint's is issued with, ${issuerInWords(look)}, only becomes valid${onDay(staleIssuerOf(look)?.validFrom)}.`,
    nextStep: "Send the chain that is valid now; check the clock of the machine that issued it.",
    seen: ["nginx 1.22.1: CERT_NOT_YET_VALID, the dates of the leaf are fine"],
  },
  {
    code: "certificate_not_yet_valid",
    fits: (look) => look.isDetail("certificate_not_yet_valid") && "certain",
    meaning: (look) => `The endpoint's certificate is not valid yet${startsOn(look)}.`,
    nextStep: "Check the start date of the certificate, and the clock of the machine that issued it.",
    seen: ["nginx 1.22.1: CERT_NOT_YET_VALID"],
  },
  {
    code: "certificate_self_signed",
    fits: (look) => look.isDetail("self_signed") && "certain",
    meaning: (look) => `The endpoint's certificate is signed by itself${selfSignedWho(look)}.`,
    nextStep: (look) => knownPrivateOf(look)?.instead ?? usePublic,
    seen: ["nginx 1.22.1: DEPTH_ZERO_SELF_SIGNED_CERT"],
  },
  {
    code: "certificate_private",
    fits: (look) => {
      if (look.isDetail("untrusted_authority")) return "certain";
      if (!look.isDetail("chain_incomplete") || isPubliclyIssued(look)) return false;
      if (knownPrivateOf(look)) return "certain";
      return look.facts.chain && !lastOf(look)?.hasIssuerUrl ? "likely" : "possible";
    },
    meaning: (look) => `The endpoint's certificate is issued by ${authorityInWords(look)}.`,
    nextStep: (look) => knownPrivateOf(look)?.instead ?? usePublic,
    tellApart: "The issuer is an authority of your own, and not one that browsers know.",
    seen: [
      "nginx 1.22.1: UNABLE_TO_GET_ISSUER_CERT_LOCALLY, UNABLE_TO_VERIFY_LEAF_SIGNATURE, SELF_SIGNED_CERT_IN_CHAIN",
      "Caddy 2.6.2 with tls internal",
    ],
  },
  {
    code: "chain_incomplete",
    fits: (look) => {
      if (!look.isDetail("chain_incomplete")) return false;
      if (isPubliclyIssued(look)) return "certain";
      return lastOf(look)?.hasIssuerUrl || !look.facts.chain ? "likely" : "possible";
    },
    meaning: (look) => `${missingLink(look)}: browsers often hide that.`,
    nextStep:
      "Install the full chain (fullchain.pem instead of cert.pem), with the intermediate of this certificate.",
    tellApart:
      "The issuer is a public authority: its intermediate is missing, or is another certificate's; openssl s_client -showcerts shows what is sent.",
    seen: ["nginx 1.22.1: UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
  },
  {
    code: "certificate_without_address",
    fits: (look) => look.isDetail("name_mismatch") && isAddress(look.host) && "certain",
    meaning: (look) =>
      namesOf(look, "DNS").includes(look.host)
        ? `The certificate has ${look.host} as a DNS name, and an address counts only in an IP entry.`
        : `The webhook's URL has an address, ${look.host}, and the certificate is for ${namesInWords(look) || "other names"}.`,
    nextStep: (look) => {
      const [name] = namesOf(look, "DNS").filter((each) => !isAddress(each) && !each.includes("*"));
      return name
        ? `Use the host name in the URL (${name}), or issue the certificate with IP:${look.host}.`
        : `Issue the certificate with the entry IP:${look.host}, or use a host name in the URL.`;
    },
    seen: ["nginx 1.22.1: ERR_TLS_CERT_ALTNAME_INVALID, DNS:127.0.0.1 in the certificate"],
  },
  {
    code: "wildcard_does_not_cover",
    fits: (look) => look.isDetail("name_mismatch") && nearWildcard(look) !== undefined && "certain",
    meaning: (look) =>
      `The certificate is for ${nearWildcard(look)}, which covers exactly one label in front, and so not ${look.host}.`,
    nextStep: (look) => `Issue the certificate with ${look.host} as a name of its own.`,
    seen: ["nginx 1.22.1: ERR_TLS_CERT_ALTNAME_INVALID, a wildcard one level too deep or at the apex"],
  },
  {
    code: "certificate_of_another_host",
    fits: (look) => look.isDetail("name_mismatch") && "certain",
    meaning: (look) => anotherHost(look),
    nextStep: (look) =>
      look.facts.chain && namesInWords(look) === ""
        ? `Issue the certificate with ${look.host} as a subject alternative name: most clients ignore the common name.`
        : "Issue a certificate for this host, or use the host that it was issued for; check that the server has a site of this name.",
    seen: ["nginx 1.22.1: ERR_TLS_CERT_ALTNAME_INVALID"],
  },
  {
    code: "certificate_purpose",
    fits: (look) => isRefused(look, /purpose/) && !isIssuedByNone(look) && "certain",
    meaning: "The endpoint's certificate is not made for servers: its purposes lack serverAuth.",
    nextStep: "Issue it with the extended key usage serverAuth (TLS Web Server Authentication).",
    seen: ["nginx 1.22.1: INVALID_PURPOSE"],
  },
  {
    code: "certificate_name_constraints",
    fits: (look) => isRefused(look, /subtree|name constraint/) && "certain",
    meaning: (look) =>
      `The authority of the certificate may not issue for ${look.host || "this host"}: its name constraints say so.`,
    nextStep: "Issue the certificate with an authority that may issue for this domain.",
    seen: ["nginx 1.22.1: UNSPECIFIED, permitted subtree violation"],
  },
  {
    code: "certificate_weak",
    fits: (look) =>
      isRefused(look, /too weak|too small|md too weak/) &&
      !/dh key/.test(look.facts.reason ?? "") &&
      "certain",
    meaning: (look) => `The certificate, or one that it is issued with, is too weak: ${look.facts.reason}.`,
    nextStep: "Issue it again with SHA-256 and a key of 2048 bits of RSA or more, or an elliptic curve.",
    seen: ["openssl s_server 3.0.22: UNSPECIFIED, CA signature digest algorithm too weak (SHA-1)"],
  },
  {
    code: "certificate_chain_broken",
    fits: (look) => look.isDetail("certificate_refused") && "certain",
    meaning: (look) =>
      isIssuedByNone(look)
        ? `The endpoint's certificate was issued with one that may not issue any: ${commonName(ownOf(look)?.issuer ?? "")}.`
        : `The endpoint's certificate was not accepted: ${look.facts.reason ?? "its chain does not fit"}.`,
    nextStep: "Issue the certificate again, and send it with the chain that comes with it.",
    seen: ["nginx 1.22.1: INVALID_PURPOSE with an issuer of CA:false", "OpenSSL: CERT_SIGNATURE_FAILURE"],
  },
];

const usePublic = "Use a certificate of a public authority, such as Let's Encrypt.";

const isSelfSigned = (look: Look) => {
  const own = ownOf(look);
  return own !== undefined && isOwnIssuer(own);
};

/** The endpoint's own certificate is in time, and one behind it is not. */
const isIssuersFault = (look: Look) =>
  ownOf(look) !== undefined && ownOf(look)?.isOutOfDate === undefined && staleIssuerOf(look) !== undefined;

const issuerInWords = (look: Look) => `“${commonName(staleIssuerOf(look)?.subject ?? "")}”`;

/** To renew it would not be enough. */
const otherFaults = (look: Look) => (isSelfSigned(look) ? ", and is signed by itself" : "");

const startsOn = (look: Look) => {
  const day = onDay(ownOf(look)?.validFrom);
  return day && `: it begins${day}`;
};

function selfSignedWho(look: Look): string {
  const known = knownPrivateOf(look);
  if (known) return `, made by ${known.who}`;
  const own = ownOf(look);
  return own ? ` (“${commonName(own.subject)}”), so nobody vouches for it` : "";
}

function authorityInWords(look: Look): string {
  const known = knownPrivateOf(look);
  if (known) return known.who;
  const last = lastOf(look);
  return last
    ? `“${commonName(last.issuer)}”, an authority that is not trusted here`
    : "an authority that is not trusted here";
}

function missingLink(look: Look): string {
  const last = lastOf(look);
  if (!last) return "The endpoint does not send the certificates that lead from its own to a known authority";
  return `The endpoint does not send the certificate of “${commonName(last.issuer)}”, which its own is issued with`;
}

/** A wildcard of the certificate whose domain the host is, or is in. */
const nearWildcard = (look: Look) =>
  namesOf(look, "DNS")
    .filter((name) => name.startsWith("*."))
    .find((name) => look.host === name.slice(2) || look.host.endsWith(name.slice(1)));

function anotherHost(look: Look): string {
  if (!look.facts.chain) return "The endpoint's certificate belongs to another host name.";
  const names = namesInWords(look);
  return names === ""
    ? `The endpoint's certificate has no names but a common name (“${commonName(ownOf(look)?.subject ?? "")}”), which is not ${look.host}.`
    : `The endpoint's certificate is for ${names}, and not for ${look.host}.`;
}

const isRefused = (look: Look, reason: RegExp) =>
  look.isDetail("certificate_refused") && reason.test(look.facts.reason ?? "");

/** Its issuer was seen, and may not issue. */
const isIssuedByNone = (look: Look) =>
  !ownOf(look)?.notForServers &&
  look.facts.chain !== undefined &&
  look.facts.chain.slice(1).some(({ isAuthority }) => !isAuthority);

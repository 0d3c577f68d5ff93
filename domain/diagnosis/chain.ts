import type { CertificateFacts } from "../delivery/outcome";
import type { Look } from "./look";

/** The endpoint's own certificate, as far as it was seen. */
export const ownOf = (look: Look): CertificateFacts | undefined => look.facts.chain?.[0];

/** The last of those that lead from it towards a root. */
export const lastOf = (look: Look): CertificateFacts | undefined => look.facts.chain?.at(-1);

/** The first of its issuers that was out of date. */
export const staleIssuerOf = (look: Look): CertificateFacts | undefined =>
  look.facts.chain?.slice(1).find(({ isOutOfDate }) => isOutOfDate !== undefined);

export const isOwnIssuer = ({ subject, issuer }: CertificateFacts) => subject === issuer;

/** What people call the owner of a distinguished name: its common name, else the whole. */
export function commonName(name: string): string {
  const found = /(?:^|, )CN=(.*?)(?=, [A-Za-z]{1,20}=|$)/.exec(name)?.[1];
  return (found || name).slice(0, 80);
}

/** ` on 2027-01-01`; empty for what is no date. */
export const onDay = (date: string | null | undefined) => (date ? ` on ${date.slice(0, 10)}` : "");

/** The names of the certificate that are of one kind, without it. */
export const namesOf = (look: Look, kind: "DNS" | "IP"): string[] =>
  (ownOf(look)?.names ?? [])
    .filter((name) => name.startsWith(`${kind}:`))
    .map((name) => name.slice(kind.length + 1));

/** A few of its names for people. */
export const namesInWords = (look: Look): string => {
  const names = [...namesOf(look, "DNS"), ...namesOf(look, "IP")];
  const told = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${told} and ${names.length - 3} more` : told;
};

/** Authorities that browsers trust, by a word of their names: behind one of them, a chain that does not lead on lacks a link. */
const publicAuthority =
  /let's encrypt|isrg|digicert|geotrust|rapidssl|thawte|sectigo|comodo|usertrust|globalsign|go ?daddy|starfield|google trust services|amazon rsa|amazon ecdsa|amazon root|entrust|ssl\.com|ssl corp|buypass|certum|zerossl|actalis|quovadis|swisssign|harica|identrust|microsoft azure|trustasia|gandi|geant|network solutions|t-telesec|telekom security|d-trust|certigna|certainly/i;

/** Well-known authorities that nobody trusts by default, and what to do instead. */
const knownPrivate: { name: RegExp; who: string; instead: string }[] = [
  {
    name: /\(staging\)|fake le |staging let's/i,
    who: "Let's Encrypt's staging environment, which issues for trials only",
    instead: "Issue the certificate again without the staging option of your ACME client.",
  },
  {
    name: /cloudflare origin|origin ssl certificate authority/i,
    who: "Cloudflare's origin authority, which only Cloudflare trusts",
    instead:
      "Switch Cloudflare's proxy on for this name (the orange cloud), or use a public certificate on the server.",
  },
  {
    name: /caddy local authority/i,
    who: "Caddy's own local authority",
    instead:
      "Use a public name without `tls internal`, so that Caddy gets a certificate of a public authority.",
  },
  {
    name: /kubernetes ingress controller fake/i,
    who: "ingress-nginx, as its default where it has no certificate for the host",
    instead: "Check the host and the secret under `tls` in the Ingress.",
  },
  {
    name: /traefik default cert/i,
    who: "Traefik, as its default where it has no certificate for the host",
    instead: "Check the certificate resolver of the router, and that its rule has this host.",
  },
  {
    name: /mkcert/i,
    who: "mkcert, which only the machine that made it trusts",
    instead: "Use a certificate of a public authority, such as Let's Encrypt.",
  },
  {
    name: /fortigate|fortinet|zscaler|sophos|palo alto|netskope|checkpoint|check point/i,
    who: "a firewall that reads TLS",
    instead: "Have the firewall pass this endpoint's traffic without reading it.",
  },
];

/** Whoever issued a certificate whose issuer is not trusted. */
export const knownPrivateOf = (look: Look) => {
  const chain = look.facts.chain ?? [];
  return knownPrivate.find(({ name }) => chain.some((each) => name.test(`${each.subject} ${each.issuer}`)));
};

/** Whether the missing issuer is one that browsers know. */
export const isPubliclyIssued = (look: Look): boolean => {
  const last = lastOf(look);
  return last !== undefined && publicAuthority.test(last.issuer) && !knownPrivateOf(look);
};

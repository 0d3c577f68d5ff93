import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generate, type SelfsignedOptions } from "selfsigned";

/** A PEM pair, ready for `tls.createServer`. */
export type Certificate = { key: string; cert: string };

export type CertificateSubject = {
  /** DNS names; `localhost` when absent. */
  names?: string[];
  /** IP addresses; both loopback ones when absent. */
  addresses?: string[];
  notBefore?: Date;
  notAfter?: Date;
  /** What it may be used for; servers when absent. */
  purpose?: "server" | "client";
};

/** A throw-away certificate authority that only the process under test trusts. */
export type Authority = {
  /** PEM file of the authority, for `NODE_EXTRA_CA_CERTS` (which Node reads once, as a process starts). */
  caFile: string;
  ca: string;
  key: string;
  issue(subject?: CertificateSubject): Promise<Certificate>;
};

const dayMs = 24 * 60 * 60 * 1000;

/** Makes a certificate authority and writes its certificate into `folder`. */
export async function createAuthority(folder: string, name = "Fanfare Test CA"): Promise<Authority> {
  const root = await generate([{ name: "commonName", value: name }], {
    ...validity({}),
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const caFile = join(folder, "ca.pem");
  await writeFile(caFile, root.cert);
  return openAuthority({ caFile, ca: root.cert, key: root.private });
}

/** An authority that was made before, maybe by another process. */
export function openAuthority(made: Pick<Authority, "caFile" | "ca" | "key">): Authority {
  return { ...made, issue: (subject) => makeLeaf(subject, { key: made.key, cert: made.ca }) };
}

/** A certificate that is its own issuer, so nobody trusts it. */
export const createSelfSigned = (subject?: CertificateSubject): Promise<Certificate> => makeLeaf(subject);

/** A certificate that ended yesterday. */
export const expired = (): CertificateSubject => ({
  notBefore: new Date(Date.now() - 30 * dayMs),
  notAfter: new Date(Date.now() - dayMs),
});

/** A certificate for another host than the tests dial. */
export const wrongHost = (): CertificateSubject => ({ names: ["other.example"], addresses: [] });

async function makeLeaf(subject: CertificateSubject = {}, ca?: Certificate): Promise<Certificate> {
  const names = subject.names ?? ["localhost"];
  const addresses = subject.addresses ?? ["127.0.0.1", "::1"];
  const leaf = await generate([{ name: "commonName", value: names[0] ?? "receiver" }], {
    ...validity(subject),
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", digitalSignature: true },
      { name: "extKeyUsage", [`${subject.purpose ?? "server"}Auth`]: true },
      {
        name: "subjectAltName",
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...addresses.map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
    ...(ca ? { ca } : {}),
  });
  return { key: leaf.private, cert: leaf.cert };
}

const validity = ({ notBefore, notAfter }: CertificateSubject): SelfsignedOptions => ({
  notBeforeDate: notBefore ?? new Date(Date.now() - dayMs),
  notAfterDate: notAfter ?? new Date(Date.now() + 365 * dayMs),
});

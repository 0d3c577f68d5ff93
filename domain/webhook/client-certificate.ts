import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { type Certificate, warnsAtOf } from "./certificate";

/**
 * What a webhook shows to endpoints that ask for a certificate of their clients (mTLS): the chain in PEM, its own first,
 * and what people are told of that one. Its key is kept apart, sealed.
 */
export type ClientCertificate = Certificate & {
  chain: string;
  subject: string;
  issuer: string;
  /** SHA-256 of the certificate, as `openssl x509 -fingerprint -sha256` writes it. */
  fingerprint: string;
};

/** What somebody pasted, each in PEM. */
export type Pasted = { certificate: string; privateKey: string };

/** Why it cannot be taken, with what to do, and which of both is to be mended. */
export type PastedProblem = { field: keyof Pasted; message: string };

const problem = (field: keyof Pasted, message: string): PastedProblem => ({ field, message });

/**
 * Reads a certificate with its chain and its private key, and checks what would fail each handshake. The key comes
 * back as PKCS #8 in PEM. `now` is epoch milliseconds.
 */
export function readClientCertificate(
  { certificate, privateKey }: Pasted,
  now: number,
): { certificate: ClientCertificate; privateKey: string } | PastedProblem {
  const chain = readChain(certificate);
  if (!Array.isArray(chain)) return chain;
  const key = readKey(privateKey);
  if ("field" in key) return key;
  const [own] = chain as [X509Certificate];
  const found =
    mismatchOf(chain, key) ?? orderProblem(chain) ?? dateProblem(chain, now) ?? purposeProblem(own);
  if (found) return found;
  const pem = chain.map((each) => each.toString()).join("");
  const pkcs8 = key.export({ type: "pkcs8", format: "pem" }).toString();
  return { certificate: { chain: pem, ...factsOf(own) }, privateKey: pkcs8 };
}

const certificateBlock = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;
const keyBlock = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*-----END [A-Z ]*PRIVATE KEY-----/g;
const maxChain = 8;

function readChain(text: string): X509Certificate[] | PastedProblem {
  if (/PRIVATE KEY-----/.test(text))
    return problem("certificate", "This holds a private key. Put only certificates here, and the key apart.");
  const blocks = text.match(certificateBlock) ?? [];
  if (blocks.length === 0)
    return problem(
      "certificate",
      "This is no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----. From a .p12 or .pfx file: openssl pkcs12 -in file.p12 -nokeys",
    );
  if (blocks.length > maxChain)
    return problem(
      "certificate",
      `A chain has at most ${maxChain} certificates, and these are ${blocks.length}.`,
    );
  const chain: X509Certificate[] = [];
  for (const [nth, block] of blocks.entries()) {
    const read = attempt(() => new X509Certificate(block));
    if (!read)
      return problem(
        "certificate",
        `${certificateNo(nth)} cannot be read. It may be cut off: paste all of it.`,
      );
    chain.push(read);
  }
  return chain;
}

function readKey(text: string): KeyObject | PastedProblem {
  if (/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(text))
    return problem(
      "privateKey",
      "The key is encrypted with a passphrase, which nobody could enter here. Decrypt it first: openssl pkey -in key.pem -out plain-key.pem",
    );
  const blocks = text.match(keyBlock) ?? [];
  const [block] = blocks;
  if (!block)
    return problem(
      "privateKey",
      "This is no private key in PEM, which begins with -----BEGIN PRIVATE KEY-----. From a .p12 or .pfx file: openssl pkcs12 -in file.p12 -nocerts -noenc",
    );
  if (blocks.length > 1)
    return problem("privateKey", "These are several private keys. Paste the certificate's alone.");
  const key = attempt(() => createPrivateKey(block));
  return key ?? problem("privateKey", "The private key cannot be read. It may be cut off: paste all of it.");
}

function mismatchOf(chain: X509Certificate[], key: KeyObject): PastedProblem | null {
  const nth = chain.findIndex((each) => attempt(() => each.checkPrivateKey(key)) === true);
  if (nth === 0) return null;
  if (nth > 0)
    return problem(
      "certificate",
      `The private key is that of the ${ordinal(nth)} certificate. Put its own certificate first, then each one's issuer.`,
    );
  return problem(
    "privateKey",
    "The private key is not that of the certificate. Take the one that it was requested with.",
  );
}

/** Servers look for the issuers in the order of RFC 5246 §7.4.2. */
function orderProblem(chain: X509Certificate[]): PastedProblem | null {
  const nth = chain.findIndex((each, at) => {
    const next = chain[at + 1];
    return next !== undefined && !each.checkIssued(next);
  });
  if (nth < 0) return null;
  return problem(
    "certificate",
    `The ${ordinal(nth + 1)} certificate did not issue the ${ordinal(nth)}. Put the own certificate first, then each one's issuer.`,
  );
}

function dateProblem(chain: X509Certificate[], now: number): PastedProblem | null {
  for (const [nth, { validFrom, validTo }] of chain.entries()) {
    if (Date.parse(validTo) <= now)
      return problem(
        "certificate",
        `${certificateNo(nth)} expired on ${day(validTo)}. Get it renewed first.`,
      );
    if (Date.parse(validFrom) > now)
      return problem("certificate", `${certificateNo(nth)} only becomes valid on ${day(validFrom)}.`);
  }
  return null;
}

/** RFC 5280 §4.2.1.12: clientAuth and anyExtendedKeyUsage. Without the extension it is for everything. */
const clientPurposes = ["1.3.6.1.5.5.7.3.2", "2.5.29.37.0"];

function purposeProblem({ keyUsage: purposes }: X509Certificate): PastedProblem | null {
  // Node (20.20) answers undefined where its types say string[].
  if (!(purposes as string[] | undefined) || purposes.some((each) => clientPurposes.includes(each)))
    return null;
  return problem(
    "certificate",
    "The certificate is not for clients, and endpoints would refuse it. Have it issued with the extended key usage clientAuth.",
  );
}

function factsOf({ subject, issuer, fingerprint256, validFrom, validTo }: X509Certificate) {
  const expiresAt = Date.parse(validTo);
  return {
    subject: nameText(subject),
    issuer: nameText(issuer),
    fingerprint: fingerprint256,
    expiresAt,
    warnsAt: warnsAtOf(Date.parse(validFrom), expiresAt),
  };
}

const maxName = 500;
/** Node writes a line for each part. */
/** Node tells no name at all where it is empty, as it may be beside alternative ones. */
const nameText = (name: string | undefined) => (name ?? "").split("\n").join(", ").slice(0, maxName);

const ordinals = ["1st", "2nd", "3rd"];
const ordinal = (nth: number) => ordinals[nth] ?? `${nth + 1}th`;
const certificateNo = (nth: number) => (nth === 0 ? "The certificate" : `The ${ordinal(nth)} certificate`);
const day = (date: string) => new Date(date).toISOString().slice(0, 10);

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

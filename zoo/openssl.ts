import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Place } from "./place";

/** Files of PEM: a certificate, its key, and the certificate with its issuers behind it, as servers want it. */
export type Made = { cert: string; key: string; chain: string };

export type Wanted = {
  /** Of its files. */
  name: string;
  /** As `/CN=localhost`. */
  subject: string;
  /** Lines of OpenSSL's x509v3_config. */
  extensions: string[];
  /** Itself when absent. */
  issuer?: Made;
  /** From and to when it holds, in days from now. */
  days?: [number, number];
  digest?: "sha1" | "sha256";
  key?: "ec" | "rsa" | "rsa:1024";
};

export const forServers = ["basicConstraints=CA:false", "extendedKeyUsage=serverAuth"];
export const forLocalhost = [...forServers, "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1"];
export const forAuthorities = ["basicConstraints=critical,CA:true", "keyUsage=critical,keyCertSign,cRLSign"];

/** Makes any certificate, also such as no library for tests would. */
export function makeCertificate(place: Place, wanted: Wanted): Made {
  const { name, subject, extensions, issuer, days = [-1, 365], digest = "sha256", key = "ec" } = wanted;
  const { folder, write } = place;
  const at = (ending: string) => `${folder}/${name}.${ending}`;
  const config = write(
    `${name}.cnf`,
    `[ca]\ndefault_ca=a\n[a]\ndatabase=${write(`${name}.index`, "")}\nnew_certs_dir=${folder}\nrand_serial=yes\npolicy=p
email_in_dn=no\nunique_subject=no\n[p]\ncommonName=optional\norganizationName=optional\ncountryName=optional
[req]\ndistinguished_name=d\n[d]\n[x]\n${extensions.join("\n")}\n`,
  );
  const newKey =
    key === "ec" ? ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"] : ["-newkey", rsa(key)];
  const request = ["req", "-new", ...newKey, "-nodes", "-keyout", at("key"), "-out", at("csr")];
  openssl(...request, "-subj", subject, "-config", config);
  const signer = issuer
    ? ["-cert", issuer.cert, "-keyfile", issuer.key]
    : ["-selfsign", "-keyfile", at("key")];
  const [from, to] = days.map(stamp);
  const dates = ["-startdate", from ?? "", "-enddate", to ?? ""];
  const signed = [
    "-in",
    at("csr"),
    "-out",
    at("pem"),
    "-md",
    digest,
    "-extensions",
    "x",
    ...dates,
    ...signer,
  ];
  openssl("ca", "-batch", "-notext", "-config", config, ...signed);
  const chain = `${readFileSync(at("pem"), "utf8")}${issuer ? readFileSync(issuer.chain, "utf8") : ""}`;
  return { cert: at("pem"), key: at("key"), chain: write(`${name}.chain.pem`, chain) };
}

/** The root that the product trusts, which no server sends along. */
export const trustedRoot = ({ write, authority }: Place): Made => ({
  cert: write("root.pem", authority.ca),
  key: write("root.key", authority.key),
  chain: write("root.chain.pem", ""),
});

const rsa = (key: "rsa" | "rsa:1024") => (key === "rsa" ? "rsa:2048" : key);

/** `20270101000000Z`, so many days from now. */
const stamp = (days: number) =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;

function openssl(...args: string[]): void {
  const { status, stderr } = spawnSync("openssl", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
}

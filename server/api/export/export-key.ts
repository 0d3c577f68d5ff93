import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  sign as signBytes,
} from "node:crypto";
import type { Env } from "@/server/process/env";

/** RFC 8410: what comes before the 32 bytes of an Ed25519 key in PKCS #8. */
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

export type ExportKey = {
  /** Names the key: the first 16 digits of the SHA-256 of the public one. */
  id: string;
  publicPem: string;
  /** Signs the digest of an export, in base64. */
  sign: (sha256: string) => string;
};

const made = new Map<string, ExportKey>();

/**
 * The key that exports are signed with. It is derived from AUTH_SECRET, so that all processes of an installation have the
 * same without another file to keep; a new AUTH_SECRET is a new key.
 */
export function exportKeyOf({ authSecret }: Pick<Env, "authSecret">): ExportKey {
  const known = made.get(authSecret);
  if (known) return known;
  const key = derive(authSecret);
  made.set(authSecret, key);
  return key;
}

function derive(authSecret: string): ExportKey {
  const seed = Buffer.from(hkdfSync("sha256", authSecret, "", "fanfare export key 1", 32));
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Prefix, seed]),
    format: "der",
    type: "pkcs8",
  });
  const publicKey = createPublicKey(privateKey);
  return {
    id: idOf(publicKey),
    publicPem: String(publicKey.export({ format: "pem", type: "spki" })),
    sign: (sha256) => signBytes(null, Buffer.from(statementOf(sha256)), privateKey).toString("base64"),
  };
}

/** What is signed: not the file itself, since a stream is known only when it is over. */
export const statementOf = (sha256: string) => `fanfare-export-v1 ${sha256}`;

const idOf = (key: KeyObject) =>
  createHash("sha256")
    .update(key.export({ format: "der", type: "spki" }))
    .digest("hex")
    .slice(0, 16);

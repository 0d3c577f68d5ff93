import { createHash } from "node:crypto";
import { createSecureContext, type SecureContext } from "node:tls";
import type { Claim } from "@/db/store";
import type { Reveal } from "@/domain/delivery/outgoing-request";
import { secretOwner } from "@/domain/webhook/seal";

/** What a webhook shows to an endpoint that asks for a client certificate: its chain and key, in PEM. */
export type Identity = { chain: string; privateKey: string };

/** What a claimed request shows; null when its webhook has no certificate. */
export function identityOf({ webhook }: Claim, reveal: Reveal): Identity | null {
  const { clientCertificate, clientKey, customerId, id } = webhook;
  if (clientCertificate === null || clientKey === null) return null;
  const privateKey = reveal(clientKey, secretOwner({ customerId, webhookId: id }));
  return { chain: clientCertificate.chain, privateKey };
}

/** Contexts that are kept: making one reads a key, which takes longer than the rest of a resumed handshake. */
const maxKept = 200;

type Known = { name: string; secureContext: SecureContext };

/** TLS as each identity speaks it. `name` tells them apart, so that no connection or session of one is used for another. */
export class Identities {
  private readonly nobody: Known = { name: "", secureContext: contextOf(null) };
  /** In the order in which they were used. */
  private readonly kept = new Map<string, Known>();

  of(identity: Identity | null): Known {
    if (identity === null) return this.nobody;
    const name = createHash("sha256").update(identity.chain).update(identity.privateKey).digest("hex");
    const known = this.kept.get(name) ?? { name, secureContext: contextOf(identity) };
    this.kept.delete(name);
    this.kept.set(name, known);
    const [oldest] = this.kept.size > maxKept ? this.kept.keys() : [];
    if (oldest !== undefined) this.kept.delete(oldest);
    return known;
  }
}

const contextOf = (identity: Identity | null) =>
  createSecureContext({
    minVersion: "TLSv1.2",
    ...(identity && { cert: identity.chain, key: identity.privateKey }),
  });

import type { DetailedPeerCertificate, PeerCertificate } from "node:tls";
import { isoOrNull } from "./tls-failure";

/** How many receivers are remembered, and how long a session may be: most have 1 to 4 KiB, a ticket may have 64. */
const maxKept = 512;
const maxBytes = 16 * 1024;

/** After a full handshake: a certificate that was exchanged is looked at soon. */
const maxAgeMs = 10 * 60_000;

/** What a full handshake has shown of the other side's certificates. */
export type Proof = {
  provenAt: number;
  chainEndsAt: number;
  certificateExpiresAt: string | null;
  certificateValidFrom: string | null;
};

type Kept = { session: Buffer | null; proof: Proof };

/** The sessions with one receiver, as one pool may use them. */
export type SessionsOf = {
  /** A session to resume, and what was proven when it began; null when a full handshake is due. */
  known(): { session: Buffer; proof: Proof } | null;
  keep(session: Buffer, proof: Proof): void;
  /** It may have been for the session that something went wrong: for some time there is none. */
  distrust(): void;
};

/**
 * TLS sessions, by which a connection begins with a tenth of the work of a full handshake. A resumed one shows no
 * certificate: Node (20.20) judges neither name nor dates again, and takes the session for another name as well. So
 * what was proven holds for the same name and port, until the first certificate of the chain ends, and not for long;
 * and since a session tells the receiver who comes back, each pool has its own.
 */
export class TlsSessions {
  /** In the order in which they were kept. */
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly clock: () => number) {}

  of(pool: string, origin: string): SessionsOf {
    const name = `${pool} ${origin}`;
    return {
      known: () => {
        const { session, proof } = this.find(name) ?? {};
        return session && proof ? { session, proof } : null;
      },
      keep: (session, proof) => {
        const isDistrusted = this.find(name)?.session === null;
        if (!isDistrusted && session.length <= maxBytes) this.set(name, { session, proof });
      },
      distrust: () => {
        const proof = { provenAt: this.clock(), chainEndsAt: Number.POSITIVE_INFINITY };
        this.set(name, {
          session: null,
          proof: { ...proof, certificateExpiresAt: null, certificateValidFrom: null },
        });
      },
    };
  }

  private find(name: string): Kept | undefined {
    const kept = this.kept.get(name);
    if (!kept) return undefined;
    const { provenAt, chainEndsAt } = kept.proof;
    if (this.clock() < Math.min(provenAt + maxAgeMs, chainEndsAt)) return kept;
    this.kept.delete(name);
    return undefined;
  }

  private set(name: string, kept: Kept): void {
    this.kept.delete(name);
    this.kept.set(name, kept);
    const [oldest] = this.kept.size > maxKept ? this.kept.keys() : [];
    if (oldest !== undefined) this.kept.delete(oldest);
  }
}

/** What a certificate proves that Node has just accepted, with the chain that came with it. */
export function proofOf(certificate: PeerCertificate | undefined, provenAt: number): Proof {
  return {
    provenAt,
    chainEndsAt: firstEnd(certificate),
    certificateExpiresAt: isoOrNull(certificate?.valid_to),
    certificateValidFrom: isoOrNull(certificate?.valid_from),
  };
}

/** NaN, before which nothing is, when a certificate or its date is missing. The last of a chain is its own issuer. */
function firstEnd(certificate: PeerCertificate | undefined): number {
  const ends: number[] = [];
  let next = certificate as Partial<DetailedPeerCertificate> | undefined;
  for (const seen = new Set(); next && !seen.has(next); next = next.issuerCertificate) {
    seen.add(next);
    ends.push(Date.parse(next.valid_to ?? ""));
  }
  return certificate ? Math.min(...ends) : Number.NaN;
}

/** During a rotation's overlap a webhook has two secrets that sign; else only the current one. */
export const secretNames = ["current", "previous"] as const;
export type SecretName = (typeof secretNames)[number];

/** Of two, the one that makes `X-Signature`, and since when that is the new one; null while it is not. */
export type Leading = { signsWith: SecretName; switchedAt: number | null };

/** How one attempt is signed. */
export type Signing = {
  /** Makes `X-Signature`. */
  leads: SecretName;
  /** Leads in one more attempt, at once, when the receiver refuses this one; null when there is no other. */
  fallback: SecretName | null;
};

/** The latest change of a webhook's secret, in epoch milliseconds, and how far the receiver has followed it. */
export type Rotation = Leading & {
  rotatedAt: number;
  /** When the overlap ends or ended; null when there was none. */
  until: number | null;
};

/** `of.delivery` is the fallback of an attempt that was refused just now: it leads, and has no fallback itself. */
export function signingOf(
  isOverlap: boolean,
  of: { webhook: SecretName; delivery: SecretName | null },
): Signing {
  if (!isOverlap) return { leads: "current", fallback: null };
  if (of.delivery !== null) return { leads: of.delivery, fallback: null };
  return { leads: of.webhook, fallback: of.webhook === "current" ? "previous" : "current" };
}

/** What a receiver answers that does not take a signature; it may mean something else too. */
export const isSecretRefusal = (status: number): boolean => [400, 401, 403].includes(status);

/**
 * Which secret leads after a success. One with a fallback left led with what was known to lead then, and teaches
 * nothing: its receiver may take both, or have answered before others taught more. One without shows that the
 * receiver takes this secret and, in an overlap, that it has just refused the other.
 */
export function learn(known: Leading, { leads, fallback }: Signing, now: number): Leading {
  if (fallback !== null || leads === known.signsWith) return known;
  return { signsWith: leads, switchedAt: leads === "current" ? now : null };
}
